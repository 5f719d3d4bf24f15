import {
  type Address,
  decodeEventLog,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  getAddress,
  type Hex,
} from 'viem';
import { jobEscrow } from '../../blockchain/contract/job-escrow.js';
import { fromEscrowId, toEscrowId } from './booking-id.js';

const { abi, bytecode } = jobEscrow;

export const FEE_BASIS_POINTS = 250;
/** The version of the source in this repository. A booking stores its contract, so a new version needs no new chain. */
export const JOB_ESCROW_VERSION = 1;

export function deployData(treasury: Address, arbiter: Address): Hex {
  return encodeDeployData({ abi, bytecode, args: [treasury, arbiter, BigInt(FEE_BASIS_POINTS)] });
}

export function lockData(bookingId: string, provider: string, expiresAt: Date): Hex {
  const args = [toEscrowId(bookingId), getAddress(provider), BigInt(Math.floor(expiresAt.getTime() / 1000))] as const;
  return encodeFunctionData({ abi, functionName: 'lock', args });
}

export function settleData(bookingId: string, client: string, providerGross: bigint): Hex {
  const args = [toEscrowId(bookingId), getAddress(client), providerGross] as const;
  return encodeFunctionData({ abi, functionName: 'settle', args });
}

export function escrowOfData(bookingId: string, client: string): Hex {
  return encodeFunctionData({ abi, functionName: 'escrowOf', args: [toEscrowId(bookingId), getAddress(client)] });
}

const STATES = ['none', 'locked', 'settled', 'withdrawn'] as const;
export type EscrowState = (typeof STATES)[number];

/** Decodes the result of `escrowOf`: the state, and the amount in base units. */
export function readEscrow(data: string): { state: EscrowState; amount: bigint } {
  const [state, , , amount] = decodeFunctionResult({ abi, functionName: 'escrowOf', data: data as Hex });
  return { state: STATES[state] ?? 'none', amount };
}

export type EscrowEvent =
  | { name: 'Locked'; bookingId: string; client: Address; provider: Address; amount: bigint; expiresAt: Date }
  | { name: 'Settled'; bookingId: string; client: Address; toProvider: bigint; toTreasury: bigint; toClient: bigint }
  | { name: 'Withdrawn'; bookingId: string; client: Address; amount: bigint };

/** The latest time that a Date can represent. */
const LAST_SECOND = 8_640_000_000_000n;

/** Decodes an escrow contract's event; undefined if it does not concern a booking (credits, claims, foreign ids). */
export function readEscrowEvent(log: { topics: readonly string[]; data: string }): EscrowEvent | undefined {
  const { eventName, args } = decodeEventLog({ abi, topics: log.topics as [Hex, ...Hex[]], data: log.data as Hex });
  if (!('bookingId' in args)) return undefined;
  const bookingId = fromEscrowId(args.bookingId);
  if (bookingId === undefined) return undefined;
  const { client } = args;
  if (eventName === 'Settled') {
    const { toProvider, toTreasury, toClient } = args;
    return { name: 'Settled', bookingId, client, toProvider, toTreasury, toClient };
  }
  if (eventName === 'Withdrawn') return { name: 'Withdrawn', bookingId, client, amount: args.amount };
  if (eventName !== 'Locked') return undefined;
  const seconds = args.expiresAt < LAST_SECOND ? args.expiresAt : LAST_SECOND;
  const expiresAt = new Date(Number(seconds) * 1000);
  return { name: 'Locked', bookingId, client, provider: args.provider, amount: args.amount, expiresAt };
}
