import type { Block } from '@ethereumjs/block';
import { bytesToHex } from '@ethereumjs/util';
import { createdContract, type ExecutedBlock, type ExecutedTransaction, type Machine } from './block-execution.js';
import { encodeEnvelope, type Envelope } from './envelope.js';
import type { PackedBlock, PackedHeader, PackedLog, PackedTransaction, SenderState } from './packed-block.js';
import type { StateOverlay } from './state-overlay.js';

/** Converts an executed block to rows. */
export async function packBlock(
  machine: Machine,
  overlay: StateOverlay,
  executedBlock: ExecutedBlock,
  envelope: Envelope,
): Promise<PackedBlock> {
  const { block, executed } = executedBlock;
  const number = Number(block.header.number);
  const packed: PackedBlock = {
    block: packHeader(block, envelope),
    transactions: packTransactions(executed, number),
    logs: packLogs(executed, number),
    balances: await machine.state.balanceChanges(),
    nodes: overlay.newNodes(block.header.stateRoot),
    senders: await senderStates(machine, executed),
  };
  machine.state.forgetChanges();
  return packed;
}

function packHeader(block: Block, envelope: Envelope): PackedHeader {
  const { header } = block;
  return {
    number: Number(header.number),
    hash: bytesToHex(block.hash()),
    parentHash: bytesToHex(header.parentHash),
    stateRoot: bytesToHex(header.stateRoot),
    timestamp: Number(header.timestamp),
    header: bytesToHex(header.serialize()),
    envelope: bytesToHex(encodeEnvelope(envelope)),
    gasUsed: Number(header.gasUsed),
    baseFee: header.baseFeePerGas!,
    size: block.serialize().length,
    transactionCount: block.transactions.length,
  };
}

function packTransactions(executed: readonly ExecutedTransaction[], blockNumber: number): PackedTransaction[] {
  return executed.map((entry, index) => {
    const { transaction, result, gasPrice, transfers } = entry;
    return {
      hash: bytesToHex(transaction.hash()),
      blockNumber,
      index,
      sender: transaction.getSenderAddress().toString(),
      recipient: transaction.to?.toString() ?? null,
      nonce: Number(transaction.nonce),
      value: transaction.value,
      raw: bytesToHex(transaction.serialize()),
      succeeded: result.execResult.exceptionError === undefined,
      gasUsed: Number(result.totalGasSpent),
      cumulativeGasUsed: Number(result.receipt.cumulativeBlockGasUsed),
      gasPrice,
      contractAddress: createdContract(entry),
      transfers,
    };
  });
}

function packLogs(executed: readonly ExecutedTransaction[], blockNumber: number): PackedLog[] {
  const logs: PackedLog[] = [];
  for (const [transactionIndex, { transaction, result }] of executed.entries()) {
    for (const [address, topics, data] of result.receipt.logs) {
      logs.push({
        blockNumber,
        index: logs.length,
        transactionHash: bytesToHex(transaction.hash()),
        transactionIndex,
        address: bytesToHex(address),
        topics: topics.map(bytesToHex),
        data: bytesToHex(data),
      });
    }
  }
  return logs;
}

async function senderStates(machine: Machine, executed: readonly ExecutedTransaction[]): Promise<SenderState[]> {
  const senders = new Map(
    executed.map(({ transaction }) => [transaction.getSenderAddress().toString(), transaction.getSenderAddress()]),
  );
  const states: SenderState[] = [];
  for (const [address, sender] of senders) {
    const account = await machine.state.getAccount(sender);
    states.push({ address, nonce: account?.nonce ?? 0n, balance: account?.balance ?? 0n });
  }
  return states;
}
