import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModulithModule, runInRequest, Runtime } from '@aitbc/modulith';
import {
  AIT,
  AppConfig,
  Cache,
  type CacheArea,
  Clock,
  FlagProvider,
  FlagsModule,
  PlatformModule,
} from '@aitbc/platform';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { QueryBus } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { encodeDeployData, encodeFunctionData, getContractAddress, type Hex, keccak256, parseGwei } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { agentsContract } from '../../src/agents/contract/index.js';
import { gatewayContract } from '../../src/gateway/contract/index.js';
import { BlockchainModule } from '../../src/blockchain/blockchain.module.js';
import { Chain } from '../../src/blockchain/chain/chain.js';
import { blockchainContract, CallRpc, GetBlock, jobEscrow, ListBlocks } from '../../src/blockchain/contract/index.js';
import { GetOffer, ListOffers, marketplaceContract } from '../../src/marketplace/contract/index.js';
import { MarketplaceModule } from '../../src/marketplace/marketplace.module.js';
import { OFFER_SEARCHES } from '../../src/marketplace/offers/offer-searches.js';
import { RedisServer } from '../../src/topology/redis-server.js';
import { walletContract } from '../../src/wallet/contract/index.js';
import { startPostgres } from '../support/postgres-server.js';
import { compare, type Contender, type Figure, report } from './measure.js';

/*
 * What many ask, through the query bus: offers searched among 5,000 and reads of the chain, computed each time, kept in
 * memory, and kept in Redis. 16 questions at once: of 8 kinds where the question has variants (offers, receipts, calls),
 * all the same elsewhere. Nearly all are hits, and those that ask the same at once share one computation: this is the
 * most that the cache can be worth. With changes, one in 50 questions finds that all has been forgotten.
 */

const ROUNDS = 5;
const AT_ONCE = 16;
const KINDS = 8;
const OFFERS = 5_000;
const TRANSACTIONS = 100;
const BEGIN = 1_760_000_000;

const TRIED: CacheArea = { name: 'tried', ttlMs: 5_000, entries: 1_024 };

type Kept = 'computed each time' | 'memory' | 'Redis';
const KEPT: readonly Kept[] = ['computed each time', 'memory', 'Redis'];

async function startApplication(kept: Kept, databaseUrl: string, directory: string, redisUrl: string) {
  const config = new AppConfig({
    NODE_ENV: 'test',
    DATA_DIR: directory,
    DATABASE_URL: databaseUrl,
    CHAIN_BLOCK_INTERVAL_MS: '3600000',
    ...(kept === 'Redis' ? { REDIS_URL: redisUrl } : {}),
  });
  @Module({
    imports: [
      PlatformModule.forRoot(config),
      FlagsModule.forRoot(new FlagProvider(new Clock())),
      ModulithModule.forRoot({
        contracts: [marketplaceContract, blockchainContract, walletContract, agentsContract, gatewayContract],
        hosted: ['marketplace', 'blockchain'],
        databaseUrl: (module) => config.databaseUrlOf(module),
        secret: config.modulithSecret,
        parity: 'fast',
        remote: {
          send: () => Promise.reject(new Error('not here')),
          deliver: () => new Promise(() => undefined),
          isReachable: () => false,
        },
      }),
      MarketplaceModule,
      BlockchainModule,
    ],
  })
  class BenchApplication {}
  const app = await NestFactory.createApplicationContext(BenchApplication, { logger: ['error', 'fatal'] });
  if (kept === 'computed each time') app.get(Cache, { strict: false }).answer = (_area, _key, compute) => compute();
  return { app, config };
}

/** The same question in some variants, so that the cache holds more than one answer. */
interface Read {
  readonly name: string;
  readonly ask: (kind: number) => object;
  readonly count: number;
  readonly changes?: boolean;
  /** Kept here only, to see what it would be worth. */
  readonly triedIn?: CacheArea;
}

const offerReads = (offerIds: readonly string[]): Read[] => [
  { name: 'offer search', ask: (kind) => searchFor(kind), count: 300 },
  { name: 'offer search, with changes', ask: (kind) => searchFor(kind), count: 300, changes: true },
  {
    name: 'one offer (not kept so far)',
    ask: (kind) => GetOffer.of({ offerId: offerIds[kind]! }),
    count: 300,
    triedIn: TRIED,
  },
];

function searchFor(kind: number): ListOffers {
  return ListOffers.of({
    status: 'available',
    gpuModel: ['h100', 'a100', 'l4', 'mi300'][kind % 4]!,
    maxPricePerHour: 50n * AIT,
    sort: kind < 4 ? 'pricePerHour' : '-createdAt',
  });
}

async function fillMarket(app: INestApplicationContext): Promise<string[]> {
  const { database } = app.get(Runtime).module('marketplace')!;
  const models = ['NVIDIA H100 SXM', 'NVIDIA A100', 'NVIDIA L4', 'AMD MI300X'];
  const ids = Array.from({ length: OFFERS }, () => uuidv7());
  const row = (id: string, at: number) =>
    `('${id}', '${uuidv7()}', '${uuidv7()}', '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', '${models[at % 4]!}', 80, 1, 'eu-west', '["wasm"]', '${String(BigInt((at % 100) + 1) * AIT).padStart(78, '0')}', 'available', NULL, 1, ${BEGIN * 1_000 + at}, NULL)`;
  for (let at = 0; at < OFFERS; at += 500) {
    const rows = ids.slice(at, at + 500).map((id, index) => row(id, at + index));
    await database.write([
      `INSERT INTO marketplace_offers (id, provider_id, wallet_id, provider_address, gpu_model, gpu_memory_gb, gpu_count, region, capabilities, price_per_hour, status, booking_id, version, created_at, expires_at) VALUES ${rows.join(', ')}`,
    ]);
  }
  return ids;
}

/** A block with an escrow contract, and one with locks. */
async function fillChain(app: INestApplicationContext, config: AppConfig): Promise<Read[]> {
  const chain = app.get(Chain, { strict: false });
  const sender = privateKeyToAccount(`0x${config.faucetKey}`);
  const escrow = getContractAddress({ from: sender.address, nonce: 0n });
  const sign = (nonce: number, fields: { to?: Hex; data: Hex; value?: bigint; gas: bigint }) =>
    sender.signTransaction({
      type: 'eip1559',
      chainId: 7733,
      maxFeePerGas: parseGwei('1000'),
      maxPriorityFeePerGas: parseGwei('1'),
      nonce,
      ...fields,
    });
  const bookingId = (at: number): Hex => `0x${at.toString(16).padStart(32, '0')}${'0'.repeat(32)}`;
  const call = (functionName: string, args: unknown[]) =>
    encodeFunctionData({ abi: jobEscrow.abi, functionName, args } as never);
  const deployment = await sign(0, {
    data: encodeDeployData({ ...jobEscrow, args: [sender.address, sender.address, 250n] } as never),
    gas: 3_000_000n,
  });
  const locks: Hex[] = [];
  for (let at = 0; at < TRANSACTIONS; at++) {
    const data = call('lock', [bookingId(at), sender.address, BigInt(BEGIN + 50_000_000)]);
    locks.push(await sign(at + 1, { to: escrow, value: 10n ** 15n, gas: 200_000n, data }));
  }
  for (const [at, list] of [[deployment], locks].entries()) {
    const transactions = list.map((raw) => ({ raw: Buffer.from(raw.slice(2), 'hex'), hash: keccak256(raw) }));
    await chain.seal({ transactions, now: BEGIN + at, budgetMs: 60_000 });
  }
  const { hash } = await chain.head();
  const rpc = (method: string, params: unknown[]) => CallRpc.of({ method, params } as never);
  const escrows = (kind: number) => ({ to: escrow, data: call('escrowOf', [bookingId(kind), sender.address]) });
  return [
    { name: 'block', ask: () => GetBlock.of({ block: hash }), count: 300 },
    { name: 'newest blocks', ask: () => ListBlocks.of({}), count: 300 },
    { name: 'eth_getBlockByHash', ask: () => rpc('eth_getBlockByHash', [hash, false]), count: 300 },
    { name: 'eth_getBlockByNumber latest', ask: () => rpc('eth_getBlockByNumber', ['latest', false]), count: 300 },
    {
      name: 'eth_getTransactionReceipt',
      ask: (kind) => rpc('eth_getTransactionReceipt', [keccak256(locks[kind]!)]),
      count: 300,
    },
    { name: 'eth_getBalance', ask: () => rpc('eth_getBalance', [sender.address, 'latest']), count: 300 },
    { name: 'eth_call', ask: (kind) => rpc('eth_call', [escrows(kind), 'latest']), count: 100 },
    { name: 'eth_estimateGas', ask: (kind) => rpc('eth_estimateGas', [escrows(kind)]), count: 100 },
  ];
}

function reading(app: INestApplicationContext, { ask, changes = false, triedIn }: Read): Contender['run'] {
  const [bus, cache] = [app.get(QueryBus), app.get(Cache, { strict: false })];
  return async (count) => {
    let asked = 0;
    const lane = async () => {
      while (asked < count) {
        asked += 1;
        if (changes && asked % 50 === 0) cache.renew(OFFER_SEARCHES);
        const question = ask(asked % KINDS);
        const answer = () => runInRequest({}, () => bus.execute(question));
        await (triedIn ? cache.answer(triedIn, [question], answer) : answer());
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  };
}

async function measureOn(
  kind: string,
  databaseUrl: string,
  redisUrl: string,
): Promise<[Figure[], Record<string, number>]> {
  const directory = mkdtempSync(join(tmpdir(), 'aitbc-bench-'));
  const url = databaseUrl || `sqlite:${join(directory, 'bench.sqlite')}`;
  const apps = new Map<Kept, INestApplicationContext>();
  try {
    let reads: Read[] = [];
    for (const kept of KEPT) {
      const { app, config } = await startApplication(kept, url, directory, redisUrl);
      apps.set(kept, app);
      if (kept === KEPT[0]) reads = [...offerReads(await fillMarket(app)), ...(await fillChain(app, config))];
      else await app.get(Chain, { strict: false }).follow();
    }
    const figures: Figure[] = [];
    const ratios: Record<string, number> = {};
    for (const read of reads) {
      const contenders = [...apps].map(([kept, app]) => ({
        name: `${kind}, ${read.name}, ${kept}`,
        run: reading(app, read),
        count: read.count,
      }));
      console.log(`${kind}, ${read.name} …`);
      const [computed, ...rest] = await compare(contenders, ROUNDS);
      figures.push(computed!, ...rest);
      for (const each of rest) ratios[`${each.name} / computed each time`] = each.median / computed!.median;
    }
    return [figures, ratios];
  } finally {
    for (const app of apps.values()) await app.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

const redis = await RedisServer.start();
const postgres = await startPostgres();
try {
  const [onSqlite, sqliteRatios] = await measureOn('SQLite', '', redis.url);
  const [onPostgres, postgresRatios] = await measureOn('Postgres', postgres.url, redis.url);
  report(`${AT_ONCE} questions at once, of at most ${KINDS} kinds, nearly all hits`, [...onSqlite, ...onPostgres], {
    ...sqliteRatios,
    ...postgresRatios,
  });
} finally {
  await postgres.stop();
  await redis.stop();
}
