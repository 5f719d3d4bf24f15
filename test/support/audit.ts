import { MODULES, parseAmount } from '@aitbc/platform';
import { type Address, getAddress, type Hex } from 'viem';
import { jobEscrow } from '../../src/blockchain/contract/job-escrow.js';
import { fromEscrowId } from '../../src/wallet/escrow/booking-id.js';
import { publicClient } from './chain-client.js';
import type { System } from './system.js';

const QUIET_WITHIN_MS = 60_000;

interface StoredBooking {
  id: string;
  status: string;
  total: string;
  escrow_address: string;
  locked_amount: string | null;
  provider_gross: string | null;
  to_provider: string | null;
  to_treasury: string | null;
  to_client: string | null;
  release_transaction: string | null;
}

interface Settlement {
  bookingId: string | undefined;
  transactionHash: string;
  toProvider: bigint;
  toTreasury: bigint;
  toClient: bigint;
}

/**
 * Compares what clients were told with databases and chain, once nothing is on its way any more.
 * @returns what does not agree, as sentences; empty when everything does
 */
export async function audit(system: System): Promise<string[]> {
  const restless = await untilQuiet(system);
  if (restless.length > 0) return restless;
  const bookings = await system.database.rows<StoredBooking>('SELECT * FROM marketplace_bookings');
  const settlements = await settlementsOnChain(system);
  return [
    ...(await escrowProblems(system, bookings)),
    ...settlementProblems(bookings, settlements),
    ...toldBookingProblems(system, bookings),
    ...(await toldTransactionProblems(system)),
    ...(await ledgerProblems(system)),
  ];
}

/** What is still on its way, or has got stuck. */
async function untilQuiet(system: System): Promise<string[]> {
  for (const end = Date.now() + QUIET_WITHIN_MS; ;) {
    const waiting = await unfinished(system);
    if (waiting.length === 0 || Date.now() > end) return waiting;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function unfinished(system: System): Promise<string[]> {
  const count = async (what: string, from: string) => {
    const [row] = await system.database.rows<{ n: number }>(`SELECT count(*) AS n FROM ${from}`);
    return row!.n === 0 ? [] : [`${row!.n} ${what}`];
  };
  const head = await publicClient(system.url).getBlockNumber();
  const [cursor] = await system.database.rows<{ block_number: number }>('SELECT block_number FROM wallet_cursors');
  return [
    ...(await eachWithOutbox(system, (module) => count(`events of ${module} wait`, `${module}_outbox`))),
    ...(await eachWithOutbox(system, (module) => count(`dead letters are in ${module}`, `${module}_dead_letters`))),
    ...(await count('transactions are not final', "wallet_transactions WHERE status IN ('signed', 'submitted')")),
    ...(await count('transactions wait for a block', 'blockchain_waiting_transactions')),
    ...(await count('settlements are not confirmed', decidedButNotPaid)),
    ...(BigInt(cursor?.block_number ?? -1) === head ? [] : ['the ledger is behind the chain']),
  ];
}

/** Asks of each module that has tables of its own. */
async function eachWithOutbox({ database }: System, ask: (module: string) => Promise<string[]>): Promise<string[]> {
  const answers = MODULES.map(async (module) => ((await database.tablesOf(module)).length > 0 ? ask(module) : []));
  return (await Promise.all(answers)).flat();
}

const decidedButNotPaid = 'marketplace_bookings WHERE provider_gross IS NOT NULL AND release_transaction IS NULL';

/** What bookings say is locked must be what the contracts hold. */
async function escrowProblems(system: System, bookings: StoredBooking[]): Promise<string[]> {
  const chain = publicClient(system.url);
  const contracts = await system.database.rows<{ address: Address }>('SELECT address FROM wallet_escrow_contracts');
  const problems: string[] = [];
  for (const { address } of contracts) {
    const balance = await chain.getBalance({ address });
    const open = bookings.filter((each) => each.escrow_address === address && each.release_transaction === null);
    const locked = open.reduce((sum, { locked_amount }) => sum + BigInt(locked_amount ?? 0), 0n);
    if (balance !== locked) problems.push(`escrow ${address} holds ${balance}, bookings say that ${locked} is locked`);
  }
  return problems;
}

async function settlementsOnChain(system: System): Promise<Settlement[]> {
  const chain = publicClient(system.url);
  const contracts = await system.database.rows<{ address: Address }>('SELECT address FROM wallet_escrow_contracts');
  const events = await chain.getContractEvents({
    abi: jobEscrow.abi,
    address: contracts.map(({ address }) => getAddress(address)),
    eventName: 'Settled',
    fromBlock: 0n,
    strict: true,
  });
  return events.map(({ args: { bookingId, toProvider, toTreasury, toClient }, transactionHash }) => ({
    bookingId: fromEscrowId(bookingId),
    transactionHash,
    toProvider,
    toTreasury,
    toClient,
  }));
}

/** Each booking is paid out once, as it was decided, and nothing is paid out that was not. */
function settlementProblems(bookings: StoredBooking[], settlements: Settlement[]): string[] {
  const problems: string[] = [];
  for (const booking of bookings) {
    const paid = settlements.filter(({ bookingId }) => bookingId === booking.id);
    const due = booking.provider_gross === null ? 0 : 1;
    if (paid.length !== due) problems.push(`booking ${booking.id} was settled ${paid.length} times instead of ${due}`);
    for (const { transactionHash, toProvider, toTreasury, toClient } of paid) {
      if (transactionHash !== booking.release_transaction) problems.push(`booking ${booking.id} names another payment`);
      const stored = [booking.to_provider, booking.to_treasury, booking.to_client].map((part) => BigInt(part ?? -1));
      const onChain = [toProvider, toTreasury, toClient];
      if (String(stored) !== String(onChain)) problems.push(`booking ${booking.id} paid ${onChain}, not ${stored}`);
      const sum = toProvider + toTreasury + toClient;
      if (sum !== BigInt(booking.locked_amount ?? -1)) problems.push(`booking ${booking.id} paid out ${sum} in all`);
      if (toProvider + toTreasury !== BigInt(booking.provider_gross ?? -1)) {
        problems.push(`booking ${booking.id} paid the provider another part than was decided`);
      }
    }
  }
  const known = new Set(bookings.map(({ id }) => id));
  const unknown = settlements.filter(({ bookingId }) => bookingId === undefined || !known.has(bookingId));
  return [...problems, ...unknown.map(({ transactionHash }) => `${transactionHash} settles no booking`)];
}

/** An answer once given stays true: what was said to be paid was paid so. */
function toldBookingProblems(system: System, bookings: StoredBooking[]): string[] {
  const stored = new Map(bookings.map((booking) => [booking.id, booking]));
  const problems: string[] = [];
  for (const told of system.told.bookings.values()) {
    const booking = stored.get(told.id);
    if (!booking) {
      problems.push(`booking ${told.id} was answered and is not stored`);
      continue;
    }
    if (parseAmount(told.total) !== BigInt(booking.total)) problems.push(`booking ${told.id} has another total`);
    const { payout, status } = told;
    if (['settled', 'cancelled'].includes(status) && status !== booking.status) {
      problems.push(`booking ${told.id} was said to be ${status} and is ${booking.status}`);
    }
    if (!payout) continue;
    const said = [payout.toProvider, payout.toTreasury, payout.toClient].map(parseAmount);
    const kept = [booking.to_provider, booking.to_treasury, booking.to_client].map((part) => BigInt(part ?? -1));
    if (String(said) !== String(kept)) problems.push(`booking ${told.id} was said to pay ${said} and paid ${kept}`);
  }
  return problems;
}

/** Every transaction that somebody was told of is on the chain and succeeded. */
async function toldTransactionProblems(system: System): Promise<string[]> {
  const chain = publicClient(system.url);
  const answers = await Promise.all(
    [...system.told.transactions].map(async (hash) => {
      const receipt = await chain.getTransactionReceipt({ hash: hash as Hex }).catch(() => undefined);
      return receipt?.status === 'success'
        ? []
        : [`transaction ${hash} was promised and is ${receipt?.status ?? 'lost'}`];
    }),
  );
  return answers.flat();
}

/** Every wallet's ledger adds up, without a gap, to what the chain says it has. */
async function ledgerProblems(system: System): Promise<string[]> {
  type Entry = { address: string; sequence: number; is_outflow: number; magnitude: string; balance: string };
  const chain = publicClient(system.url);
  const wallets = await system.database.rows<{ address: Address }>('SELECT DISTINCT address FROM wallet_wallets');
  const entries = await system.database.rows<Entry>('SELECT * FROM wallet_ledger_entries ORDER BY sequence');
  const problems: string[] = [];
  for (const { address } of wallets) {
    const own = entries.filter((entry) => entry.address === address);
    let balance = 0n;
    own.forEach((entry, index) => {
      balance += entry.is_outflow ? -BigInt(entry.magnitude) : BigInt(entry.magnitude);
      if (entry.sequence !== index + 1) problems.push(`the ledger of ${address} has a gap before ${entry.sequence}`);
      if (BigInt(entry.balance) !== balance) problems.push(`entry ${entry.sequence} of ${address} does not add up`);
    });
    const onChain = await chain.getBalance({ address });
    if (onChain !== balance) problems.push(`${address} has ${onChain} on the chain and ${balance} in the ledger`);
  }
  return problems;
}
