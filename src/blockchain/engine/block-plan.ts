import { type BlockHeader, createBlock, type Block, type HeaderData } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import { bytesToHex, createAddressFromString, equalsBytes, hexToBytes } from '@ethereumjs/util';
import type { ChainCrypto } from './chain-crypto.js';
import { EngineError } from './engine-error.js';
import { extraDataOf } from './envelope.js';
import type { Genesis } from './genesis.js';

/** The mixHash of every block, the digest fixed by QBFT; PREVRANDAO therefore provides no randomness on this chain. */
const QBFT_MIX_HASH = hexToBytes('0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365');

/** EIP-7934: the largest block, RLP with everything in it. */
export const BLOCK_SIZE_CAP = 8_388_608;

/** How far a block's timestamp may be ahead of the verifier's clock, seconds. */
const CLOCK_TOLERANCE = 15n;

/** A proposer's choices: the time, the round and (in the block's body) the transactions. */
export interface BlockChoice {
  readonly timestamp: bigint;
  readonly proposer: string;
}

/**
 * The header fields of the next block that are known before execution. They are all determined by the parent, the
 * genesis and the choice, so that an importer can rebuild the header and compare a single hash.
 */
export function plannedHeader(
  parent: BlockHeader,
  choice: BlockChoice,
  genesis: Genesis,
  common: Common,
  crypto: ChainCrypto,
): HeaderData {
  return {
    parentHash: parent.hash(),
    coinbase: createAddressFromString(choice.proposer),
    number: parent.number + 1n,
    timestamp: choice.timestamp,
    gasLimit: genesis.gasLimit,
    baseFeePerGas: parent.calcNextBaseFee(),
    excessBlobGas: parent.calcNextExcessBlobGas(common),
    mixHash: QBFT_MIX_HASH,
    extraData: extraDataOf(genesis.validators, crypto.keccak256),
  };
}

/** Block 0; the caller has computed the state root from the allocations. */
export function genesisBlock(genesis: Genesis, stateRoot: Uint8Array, common: Common, crypto: ChainCrypto): Block {
  const header: HeaderData = {
    stateRoot,
    coinbase: createAddressFromString(genesis.validators[0]!),
    timestamp: genesis.timestamp,
    gasLimit: genesis.gasLimit,
    baseFeePerGas: 7n,
    mixHash: QBFT_MIX_HASH,
    extraData: extraDataOf(genesis.validators, crypto.keccak256),
  };
  return createBlock({ header, withdrawals: [] }, { common });
}

/**
 * The checks of a foreign block before its execution.
 * @param now unix seconds.
 * @throws EngineError 'invalid_block'.
 */
export function assertFollows(block: Block, parent: BlockHeader, size: number, now: number): void {
  const { header } = block;
  if (!equalsBytes(header.parentHash, parent.hash())) throw invalidBlock('its parent is not the head of this chain');
  if (header.number !== parent.number + 1n) throw invalidBlock('its number does not follow its parent');
  if (header.timestamp <= parent.timestamp) throw invalidBlock('its timestamp is not after its parent');
  if (header.timestamp > BigInt(now) + CLOCK_TOLERANCE) throw invalidBlock('its timestamp is in the future');
  if (size > BLOCK_SIZE_CAP) throw invalidBlock(`it has ${size} bytes, at most ${BLOCK_SIZE_CAP} are allowed`);
  if (block.uncleHeaders.length > 0 || (block.withdrawals?.length ?? 0) > 0)
    throw invalidBlock('it has uncles or withdrawals');
}

/** @throws EngineError 'invalid_block' naming the first header field that execution does not confirm. */
export function assertSameHeader(claimed: BlockHeader, rebuilt: BlockHeader): void {
  if (equalsBytes(claimed.hash(), rebuilt.hash())) return;
  const expected = rebuilt.toJSON() as Record<string, unknown>;
  const differing = Object.entries(claimed.toJSON()).find(([field, value]) => value !== expected[field]);
  const [field, value] = differing ?? ['hash', bytesToHex(claimed.hash())];
  throw invalidBlock(`its ${field} is ${String(value)}, execution gives ${String(expected[field])}`);
}

export function invalidBlock(reason: string): EngineError {
  return new EngineError('invalid_block', `The block is refused: ${reason}.`);
}
