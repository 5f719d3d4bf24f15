import { setTimeout as pause } from 'node:timers/promises';
import { type ModuleName, MODULES } from '@aitbc/platform';
import { type Address, getAddress } from 'viem';
import { jobEscrow } from '../../src/blockchain/contract/job-escrow.js';
import { fromEscrowId } from '../../src/wallet/escrow/booking-id.js';
import { publicClient } from '../support/chain-client.js';
import type { System } from '../support/system.js';

export interface StoredBooking {
  readonly id: string;
  readonly offer_id: string;
  readonly duration_hours: number;
  readonly status: string;
  readonly locked_amount: string | null;
  readonly provider_gross: string | null;
  readonly release_transaction: string | null;
  readonly jobs_tried: number;
  readonly jobs_completed: number;
}

export interface StoredJob {
  readonly id: string;
  readonly booking_id: string;
  readonly status: string;
  readonly attempts: string;
  readonly task: string;
  readonly delivered: string | null;
}

export interface StoredTransfer {
  readonly wallet_id: string;
  readonly amount: string;
  readonly status: string;
}

/** What databases and chain hold after a run. */
export interface Evidence {
  readonly bookings: readonly StoredBooking[];
  readonly jobs: readonly StoredJob[];
  readonly transfers: readonly StoredTransfer[];
  /** How many successful transactions on the chain moved exactly so much, by the amount in base units. */
  readonly moved: ReadonlyMap<bigint, number>;
  /** How many times the escrow says that it locked or settled, by booking. */
  readonly locked: ReadonlyMap<string, number>;
  readonly settled: ReadonlyMap<string, number>;
}

const BLOCKS_AT_ONCE = 20n;

export async function collectEvidence(system: System): Promise<Evidence> {
  const { database } = system;
  return {
    bookings: await database.rows<StoredBooking>('SELECT * FROM marketplace_bookings'),
    jobs: await database.rows<StoredJob>(
      'SELECT j.*, t.task, d.job_id AS delivered FROM agents_jobs j JOIN agents_tasks t ON t.job_id = j.id LEFT JOIN agents_deliveries d ON d.job_id = j.id',
    ),
    transfers: await database.rows<StoredTransfer>(
      "SELECT wallet_id, amount, status FROM wallet_transactions WHERE kind = 'transfer'",
    ),
    moved: await movedOnChain(system),
    locked: await escrowEvents(system, 'Locked'),
    settled: await escrowEvents(system, 'Settled'),
  };
}

async function movedOnChain(system: System): Promise<Map<bigint, number>> {
  const chain = publicClient(system.url);
  const head = await chain.getBlockNumber();
  const moved = new Map<bigint, number>();
  for (let from = 0n; from <= head; from += BLOCKS_AT_ONCE) {
    const numbers = Array.from({ length: Number(BLOCKS_AT_ONCE) }, (_, at) => from + BigInt(at)).filter(
      (n) => n <= head,
    );
    const blocks = await Promise.all(
      numbers.map((blockNumber) => chain.getBlock({ blockNumber, includeTransactions: true })),
    );
    // A plain transfer of a balance that is there cannot fail, so that its being in a block says that it happened.
    for (const { value, input } of blocks.flatMap(({ transactions }) => transactions)) {
      if (input === '0x') moved.set(value, (moved.get(value) ?? 0) + 1);
    }
  }
  return moved;
}

async function escrowEvents(system: System, eventName: 'Locked' | 'Settled'): Promise<Map<string, number>> {
  const contracts = await system.database.rows<{ address: Address }>('SELECT address FROM wallet_escrow_contracts');
  const address = contracts.map((each) => getAddress(each.address));
  const { abi } = jobEscrow;
  const events = await publicClient(system.url).getContractEvents({
    abi,
    address,
    eventName,
    fromBlock: 0n,
    strict: true,
  });
  const counts = new Map<string, number>();
  for (const { args } of events) {
    const id = fromEscrowId(args.bookingId) ?? args.bookingId;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** Waits until nothing is on its way any more. @returns what still is when the time is up, as sentences */
export async function untilQuiet(system: System, withinMs: number): Promise<string[]> {
  for (const end = Date.now() + withinMs; ; await pause(300)) {
    const waiting = await onItsWay(system);
    if (waiting.length === 0 || Date.now() > end) return waiting;
  }
}

async function onItsWay(system: System): Promise<string[]> {
  const counts: [string, string][] = [
    ...(await withOutbox(system)).map((module): [string, string] => [
      `events wait in the outbox of ${module}`,
      `${module}_outbox`,
    ]),
    ...(await withOutbox(system)).map((module): [string, string] => [
      `events are delayed in ${module}`,
      `${module}_dead_letters WHERE state = 'delayed'`,
    ]),
    ['transactions are not final', "wallet_transactions WHERE status IN ('signed', 'submitted')"],
    ['transactions wait for a block', 'blockchain_waiting_transactions'],
    ['bookings wait for the chain', "marketplace_bookings WHERE status IN ('requested', 'settling')"],
    ['jobs have not ended', "agents_jobs WHERE status IN ('queued', 'assigned', 'running')"],
  ];
  const all = await Promise.all(counts.map(async ([what, from]) => [what, await count(system, from)] as const));
  return all.filter(([, number]) => number > 0).map(([what, number]) => `${number} ${what}`);
}

/** What could not be delivered to its handler. */
export async function deadLetters(system: System): Promise<string[]> {
  type Letter = { name: string; handler: string; state: string; error_message: string };
  const letters = await Promise.all(
    (await withOutbox(system)).map((module) =>
      system.database.rows<Letter>(
        `SELECT name, handler, state, error_message FROM ${module}_dead_letters ORDER BY seq`,
      ),
    ),
  );
  return letters
    .flat()
    .map(({ name, handler, state, error_message: why }) => `dead letter: ${name} for ${handler} (${state}): ${why}`);
}

/** The modules that store anything. */
async function withOutbox({ database }: System): Promise<ModuleName[]> {
  const tables = await Promise.all(MODULES.map((module) => database.tablesOf(module)));
  return MODULES.filter((module, at) => tables[at]!.includes(`${module}_outbox`));
}

async function count(system: System, from: string): Promise<number> {
  const [row] = await system.database.rows<{ n: number | string }>(`SELECT count(*) AS n FROM ${from}`);
  return Number(row!.n);
}
