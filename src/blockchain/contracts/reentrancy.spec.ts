import type { Hex } from 'viem';
import { jobEscrow } from '../contract/job-escrow.js';
import { AIT, EscrowWorld, HOUR, bookingId, callData } from './testing/escrow-world.js';

let world: EscrowWorld;
let attacker: Hex;

beforeEach(async () => {
  world = await EscrowWorld.create();
  attacker = await world.payee('Reenters');
  await world.lock(500n * AIT, bookingId(9));
});

const arm = (functionName: string, args: unknown[]) =>
  world.callPayee('Reenters', attacker, 'arm', [callData(functionName, args)]);

/** What the attacker may ever hold is what it is owed; the other client's 500 AIT stay where they are. */
async function expectOnly(owed: bigint) {
  const credit = await world.credit(attacker);
  expect((await world.chain.balance(attacker)) + credit).toBe(owed);
  expect(await world.held()).toBe(500n * AIT + credit);
}

describe('when a payee calls back while it is being paid', () => {
  it('withdraws its escrow once', async () => {
    await world.through(attacker, 'lock', [bookingId(1), world.provider.address, world.inOneHour], 10n * AIT);
    world.chain.now += HOUR + 1n;
    await arm('withdraw', [bookingId(1)]);
    await world.through(attacker, 'withdraw', [bookingId(1)]);
    await expectOnly(10n * AIT);
  });

  it('cannot withdraw while it is being settled as client', async () => {
    await world.through(attacker, 'lock', [bookingId(1), world.provider.address, world.inOneHour], 10n * AIT);
    world.chain.now += HOUR + 1n;
    await arm('withdraw', [bookingId(1)]);
    await world.settle(4n * AIT, bookingId(1), attacker);
    await expectOnly(6n * AIT);
  });

  it('is settled once, even if the attacker is the arbiter and the provider', async () => {
    const { chain, client, treasury } = world;
    const deployed = await chain.deploy(world.stranger, jobEscrow, [treasury.address, attacker, 250n]);
    world.escrow = deployed.created as Hex;
    await world.lock(500n * AIT, bookingId(9), { from: world.provider, provider: client.address });
    await world.lock(100n * AIT, bookingId(1), { provider: attacker });
    await arm('settle', [bookingId(1), client.address, 100n * AIT]);
    await world.through(attacker, 'settle', [bookingId(1), client.address, 100n * AIT]);
    await expectOnly(975n * (AIT / 10n));
  });

  it('cannot claim a credit twice', async () => {
    await world.lock(100n * AIT, bookingId(1), { provider: attacker });
    await world.settle(40n * AIT);
    expect(await world.credit(attacker)).toBe(39n * AIT);
    await arm('claim', []);
    await world.through(attacker, 'claim');
    await expectOnly(39n * AIT);
  });

  it('is refused by the guard, also where the state alone would allow the call', async () => {
    await world.lock(10n * AIT, bookingId(1), { provider: attacker });
    await arm('withdraw', [bookingId(2)]);
    await world.through(attacker, 'lock', [bookingId(2), world.provider.address, world.chain.now + 1n], 5n * AIT);
    world.chain.now += 2n;
    await world.settle(10n * AIT, bookingId(1));
    expect((await world.state(bookingId(2), attacker)).state).toBe(1);
    expect((await world.through(attacker, 'withdraw', [bookingId(2)])).succeeded).toBe(true);
  });
});
