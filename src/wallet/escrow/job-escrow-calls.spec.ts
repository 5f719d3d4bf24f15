import fc from 'fast-check';
import { encodeAbiParameters, encodeEventTopics } from 'viem';
import { jobEscrow } from '../../blockchain/contract/index.js';
import { fromEscrowId, toEscrowId } from './booking-id.js';
import { lockData, readEscrowEvent } from './job-escrow-calls.js';

const provider = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const client = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC';
const bookingId = '0199a3c0-0000-7000-8000-000000000002';
const { abi } = jobEscrow;

const lockedLog = (id: `0x${string}`, expiresAt: bigint) => ({
  topics: encodeEventTopics({ abi, eventName: 'Locked', args: { bookingId: id, client, provider } }) as string[],
  data: encodeAbiParameters([{ type: 'uint256' }, { type: 'uint64' }], [7n, expiresAt]),
});

describe("a booking's id on the chain", () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(fc.uuid({ version: 7 }), (id) => {
        expect(fromEscrowId(toEscrowId(id))).toBe(id);
      }),
    );
  });

  it('is its 16 bytes, left aligned', () => {
    expect(toEscrowId(bookingId)).toBe(`0x0199a3c0000070008000000000000002${'0'.repeat(32)}`);
  });

  it('is none where the 32 bytes are no UUID', () => {
    expect(fromEscrowId(`0x${'f'.repeat(32)}${'0'.repeat(32)}`.replace('f', '0'))).toBeUndefined();
    expect(fromEscrowId(`0x0199a3c0000070008000000000000002${'0'.repeat(31)}1`)).toBeUndefined();
    expect(() => toEscrowId('7')).toThrow('not a UUID');
  });
});

describe('what an escrow contract says', () => {
  it('is read as the event it is', () => {
    expect(readEscrowEvent(lockedLog(toEscrowId(bookingId), 1_800_000_000n))).toEqual({
      name: 'Locked',
      bookingId,
      client,
      provider,
      amount: 7n,
      expiresAt: new Date(1_800_000_000_000),
    });
  });

  it('is still a date where somebody locked until the end of time', () => {
    const event = readEscrowEvent(lockedLog(toEscrowId(bookingId), 2n ** 64n - 1n));
    expect((event as { expiresAt: Date }).expiresAt.getTime()).toBe(8.64e15);
  });

  it('does not concern us under an id that is no booking', () => {
    expect(readEscrowEvent(lockedLog(`0x${'ab'.repeat(32)}`, 1n))).toBeUndefined();
  });

  it('does not concern us where it is about credits', () => {
    const topics = encodeEventTopics({ abi, eventName: 'Credited', args: { account: client } }) as string[];
    expect(readEscrowEvent({ topics, data: encodeAbiParameters([{ type: 'uint256' }], [1n]) })).toBeUndefined();
  });
});

describe('the call that locks', () => {
  it('gives the expiry in whole seconds', () => {
    const data = lockData(bookingId, provider, new Date(1_800_000_000_999));
    expect(data.endsWith(1_800_000_000n.toString(16).padStart(64, '0'))).toBe(true);
  });
});
