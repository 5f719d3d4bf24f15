import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createBlock } from '@ethereumjs/block';
import { bytesToHex, createAddressFromString, hexToBytes } from '@ethereumjs/util';
import { runTx } from '@ethereumjs/vm';
import { ModulithModule } from '@aitbc/modulith';
import { AppConfig, PlatformModule } from '@aitbc/platform';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { encodeDeployData, encodeFunctionData, getContractAddress, type Hex, parseEther, parseGwei } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { BlockchainModule } from '../../src/blockchain/blockchain.module.js';
import { Chain } from '../../src/blockchain/chain/chain.js';
import { blockchainContract } from '../../src/blockchain/contract/index.js';
import { jobEscrow } from '../../src/blockchain/contract/job-escrow.js';
import { createChainCommon } from '../../src/blockchain/engine/chain-common.js';
import { loadChainCrypto } from '../../src/blockchain/engine/chain-crypto.js';
import { decodeTransaction } from '../../src/blockchain/engine/chain-transaction.js';
import { createChainVm } from '../../src/blockchain/engine/chain-vm.js';
import type { Genesis } from '../../src/blockchain/engine/genesis.js';
import { writeGenesisState } from '../../src/blockchain/engine/genesis-state.js';
import { StateOverlay } from '../../src/blockchain/engine/state-overlay.js';
import { openHeadState } from '../../src/blockchain/engine/tracked-state.js';
import { compare, type Contender, report, summary } from './measure.js';

/*
 * Transactions through the blockchain module as it runs (blocks sealed in its thread, each stored with its state in
 * one transaction of SQLite), and through a bare loop of runTx over the same bytes that stores nothing.
 */

const TRANSFERS = 2_000;
const LOCKS = 500;
const PER_BLOCK = 250;
const ROUNDS = 5;
/** The rounds, and the fifth of one that warms a contender up. */
const BATCHES = ROUNDS + 1 / 5;
/** The chain's clock, seconds: far enough from its genesis, and the same in both contenders. */
const BEGIN = 1_760_000_000;

interface Transaction {
  readonly hash: string;
  readonly raw: Uint8Array;
}

const directory = mkdtempSync(join(tmpdir(), 'aitbc-bench-'));
const config = new AppConfig({ NODE_ENV: 'test', DATA_DIR: directory, CHAIN_BLOCK_INTERVAL_MS: '3600000' });
const crypto = await loadChainCrypto();
const sender = privateKeyToAccount(`0x${config.faucetKey}`);
let nonce = 0;

async function signed(fields: { to?: Hex; data?: Hex; value?: bigint; gas: bigint }): Promise<Transaction> {
  const raw = hexToBytes(
    await sender.signTransaction({
      type: 'eip1559',
      chainId: 7733,
      maxFeePerGas: parseGwei('1000'),
      maxPriorityFeePerGas: parseGwei('1'),
      nonce: nonce++,
      ...fields,
    }),
  );
  return { raw, hash: bytesToHex(crypto.keccak256(raw)) };
}

async function many<T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let at = 0; at < count; at++) made.push(await make(at));
  return made;
}

/** A tenth as many payees as transfers: the first that each gets makes an account. */
const payee = (at: number): Hex =>
  `0x${(BigInt(at % Math.ceil((TRANSFERS * BATCHES) / 10)) + 0x10_0000n).toString(16).padStart(40, '0')}`;
const bookingId = (at: number): Hex => `0x${at.toString(16).padStart(32, '0')}${'0'.repeat(32)}`;

const escrow = getContractAddress({ from: sender.address, nonce: 0n });
const deployment = await signed({
  data: encodeDeployData({ ...jobEscrow, args: [sender.address, sender.address, 250n] } as never),
  gas: 3_000_000n,
});
const lock = (at: number) =>
  signed({
    to: escrow,
    value: parseEther('0.001'),
    gas: 200_000n,
    data: encodeFunctionData({
      abi: jobEscrow.abi,
      functionName: 'lock',
      args: [bookingId(at), payee(at), BigInt(BEGIN + 50_000_000)],
    } as never),
  });
console.log('Signing the transactions …');
const transfers = await many(TRANSFERS * BATCHES, (at) => signed({ to: payee(at), value: 1n, gas: 21_000n }));
const locks = await many(LOCKS * BATCHES, lock);

type Execute = (transactions: readonly Transaction[]) => Promise<void>;

async function startModule(): Promise<{ execute: Execute; genesis: Genesis; close: () => Promise<void> }> {
  @Module({
    imports: [
      PlatformModule.forRoot(config),
      ModulithModule.forRoot({
        contracts: [blockchainContract],
        hosted: ['blockchain'],
        databaseUrl: (module) => config.databaseUrlOf(module),
        secret: config.modulithSecret,
        parity: 'fast',
      }),
      BlockchainModule,
    ],
  })
  class ChainApplication {}
  const app = await NestFactory.createApplicationContext(ChainApplication, { logger: ['error', 'fatal'] });
  const chain = app.get(Chain);
  let now = BEGIN;
  const execute: Execute = async (transactions) => {
    for (let at = 0; at < transactions.length; at += PER_BLOCK) {
      const chosen = transactions.slice(at, at + PER_BLOCK);
      const { packed, refused } = await chain.seal({ transactions: chosen, now: now++, budgetMs: 60_000 });
      assertAllRan(packed.transactions.filter((each) => each.succeeded).length, chosen.length, [...refused.values()]);
    }
  };
  return { execute, genesis: chain.settings.genesis, close: () => app.close() };
}

/** What EthereumJS does by itself, with the same primitives and the state in memory; it is flushed as often as blocks are sealed. */
async function startBare(genesis: Genesis): Promise<Execute> {
  const common = createChainCommon(genesis, crypto);
  const overlay = new StateOverlay(() => Promise.resolve(undefined));
  const state = openHeadState(common, overlay, new Uint8Array());
  await writeGenesisState(state, genesis);
  const vm = await createChainVm(common, state);
  const coinbase = createAddressFromString(genesis.validators[0]!);
  const header = { number: 1n, timestamp: BEGIN, gasLimit: 10n ** 15n, baseFeePerGas: 7n, coinbase };
  const block = createBlock({ header, withdrawals: [] }, { common });
  return async (transactions) => {
    let succeeded = 0;
    for (let at = 0; at < transactions.length; at += PER_BLOCK) {
      // Without it, every transaction would be written into the trie by itself.
      await vm.evm.journal.checkpoint();
      for (const { raw } of transactions.slice(at, at + PER_BLOCK)) {
        const tx = decodeTransaction(raw, common);
        const { execResult } = await runTx(vm, { tx, block, skipHardForkValidation: true });
        if (execResult.exceptionError === undefined) succeeded += 1;
      }
      await vm.evm.journal.commit();
    }
    assertAllRan(succeeded, transactions.length, []);
  };
}

function assertAllRan(succeeded: number, sent: number, reasons: readonly string[]): void {
  if (succeeded !== sent) throw new Error(`Only ${succeeded} of ${sent} transactions succeeded: ${reasons[0] ?? ''}`);
}

/** Hands out a list from its beginning to its end, once. */
function consuming(execute: Execute, list: readonly Transaction[]): Contender['run'] {
  let next = 0;
  return (count) => execute(list.slice(next, (next += count)));
}

let close: () => Promise<void> = () => Promise.resolve();
try {
  const module = await startModule();
  close = module.close;
  const chainModule = module.execute;
  const bare = await startBare(module.genesis);
  await chainModule([deployment]);
  await bare([deployment]);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const delays: number[] = [];
  const watched = (run: Contender['run']): Contender['run'] => {
    return async (count) => {
      delay.reset();
      delay.enable();
      await run(count);
      delay.disable();
      delays.push(delay.percentile(99) / 1e6);
    };
  };
  const contest = (what: string, list: readonly Transaction[], count: number) =>
    compare(
      [
        { name: `${what}, bare runTx loop`, run: consuming(bare, list), count },
        { name: `${what}, the module on SQLite`, run: watched(consuming(chainModule, list)), count },
      ],
      ROUNDS,
    );
  const [bareTransfers, ownTransfers] = await contest('transfers', transfers, TRANSFERS);
  const [bareLocks, ownLocks] = await contest('escrow locks', locks, LOCKS);
  report(
    `Signed transactions, blocks of ${PER_BLOCK}`,
    [
      bareTransfers!,
      ownTransfers!,
      bareLocks!,
      ownLocks!,
      summary('event-loop delay of the main thread, p99', delays, 'ms'),
    ],
    {
      'transfers, module / bare (target 0.6)': ownTransfers!.median / bareTransfers!.median,
      'escrow locks, module / bare (target 0.6)': ownLocks!.median / bareLocks!.median,
    },
  );
} finally {
  await close();
  rmSync(directory, { recursive: true, force: true });
}
