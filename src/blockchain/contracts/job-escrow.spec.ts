import { jobEscrow } from '../contract/job-escrow.js';
import { AIT, EscrowWorld, HOUR, STATE, bookingId } from './testing/escrow-world.js';
import { TestChain } from './testing/chain.js';

const ZERO = '0x0000000000000000000000000000000000000000';
let world: EscrowWorld;

beforeEach(async () => {
  world = await EscrowWorld.create();
});

describe('when a client locks the price of a booking', () => {
  it('holds exactly that amount and says so in an event', async () => {
    const expiresAt = world.inOneHour;
    const { events } = await world.lock(10n * AIT);
    const { client, provider } = world;
    expect(events).toEqual([
      {
        name: 'Locked',
        args: {
          bookingId: bookingId(1),
          client: client.address,
          provider: provider.address,
          amount: 10n * AIT,
          expiresAt,
        },
      },
    ]);
    expect(await world.held()).toBe(10n * AIT);
    expect(await world.chain.balance(client.address)).toBe(990n * AIT);
    expect(await world.state()).toEqual({
      state: STATE.locked,
      provider: provider.address,
      expiresAt,
      amount: 10n * AIT,
    });
  });

  it('refuses a second lock of the same booking by the same client', async () => {
    await world.lock(AIT);
    const again = await world.lock(AIT);
    expect(again.error).toEqual({ name: 'AlreadyUsed', args: [bookingId(1), world.client.address] });
    expect(await world.held()).toBe(AIT);
  });

  it('is not hindered by somebody who locked the same booking id before', async () => {
    await world.lock(1n, bookingId(1), { from: world.stranger });
    expect((await world.lock(AIT)).succeeded).toBe(true);
    expect((await world.state(bookingId(1), world.stranger.address)).amount).toBe(1n);
    expect((await world.state()).amount).toBe(AIT);
  });

  it('refuses no money', async () => {
    expect((await world.lock(0n)).error?.name).toBe('ZeroAmount');
  });

  it('refuses the zero address as provider', async () => {
    expect((await world.lock(AIT, bookingId(1), { provider: ZERO })).error?.name).toBe('ZeroAddress');
  });

  it('refuses an expiry that is not in the future', async () => {
    const expiresAt = world.chain.now;
    expect((await world.lock(AIT, bookingId(1), { expiresAt })).error).toEqual({
      name: 'ExpiryInPast',
      args: [expiresAt],
    });
    expect((await world.lock(AIT, bookingId(1), { expiresAt: expiresAt + 1n })).succeeded).toBe(true);
  });

  it('refuses to reuse a booking id after its settlement', async () => {
    await world.lock(AIT);
    await world.settle(AIT);
    expect((await world.lock(AIT)).error?.name).toBe('AlreadyUsed');
  });
});

describe('when the arbiter settles', () => {
  beforeEach(() => world.lock(100n * AIT));

  it.each([
    { case: 'all to the provider (completed, or the window passed)', gross: 100n * AIT, fee: 25n * (AIT / 10n) },
    { case: 'the started hours to the provider (cancelled while active)', gross: 40n * AIT, fee: AIT },
    { case: 'all back (cancelled while funded, or no job completed)', gross: 0n, fee: 0n },
    { case: 'one base unit to the provider, too little for a fee', gross: 1n, fee: 0n },
    { case: '39 base units: the fee is still below one', gross: 39n, fee: 0n },
    { case: '40 base units: the fee is one', gross: 40n, fee: 1n },
  ])('pays $case', async ({ gross, fee }) => {
    const { events } = await world.settle(gross);
    const { client, provider, treasury } = world;
    const toProvider = gross - fee;
    const toClient = 100n * AIT - gross;
    expect(events).toEqual([
      {
        name: 'Settled',
        args: {
          bookingId: bookingId(1),
          client: client.address,
          provider: provider.address,
          toProvider,
          toTreasury: fee,
          toClient,
        },
      },
    ]);
    expect(await world.chain.balance(provider.address)).toBe(1_000n * AIT + toProvider);
    expect(await world.chain.balance(treasury.address)).toBe(1_000n * AIT + fee);
    expect(await world.chain.balance(client.address)).toBe(900n * AIT + toClient);
    expect(await world.held()).toBe(0n);
    expect((await world.state()).state).toBe(STATE.settled);
  });

  it('refuses a second settlement, whatever its share', async () => {
    await world.settle(40n * AIT);
    expect((await world.settle(0n)).error?.name).toBe('NotLocked');
    expect((await world.settle(40n * AIT)).error?.name).toBe('NotLocked');
    expect(await world.chain.balance(world.provider.address)).toBe(1_039n * AIT);
  });

  it('refuses more than was locked', async () => {
    expect((await world.settle(100n * AIT + 1n)).error).toEqual({
      name: 'MoreThanLocked',
      args: [100n * AIT + 1n, 100n * AIT],
    });
    expect((await world.state()).state).toBe(STATE.locked);
  });

  it('refuses a booking that was never locked, and one of another client', async () => {
    expect((await world.settle(0n, bookingId(2))).error?.name).toBe('NotLocked');
    expect((await world.settle(0n, bookingId(1), world.stranger.address)).error?.name).toBe('NotLocked');
  });

  it.each(['client', 'provider', 'treasury', 'stranger'] as const)('refuses the %s as arbiter', async (who) => {
    const outcome = await world.call(world[who], 'settle', [bookingId(1), world.client.address, 0n]);
    expect(outcome.error).toEqual({ name: 'NotArbiter', args: [world[who].address] });
    expect(await world.held()).toBe(100n * AIT);
  });

  it('still settles after the expiry while the client has not withdrawn', async () => {
    world.chain.now += 2n * HOUR;
    expect((await world.settle(100n * AIT)).succeeded).toBe(true);
    expect((await world.withdraw()).error?.name).toBe('NotLocked');
  });

  it('leaves other escrows alone', async () => {
    await world.lock(7n * AIT, bookingId(2));
    await world.settle(100n * AIT);
    expect(await world.held()).toBe(7n * AIT);
    expect((await world.state(bookingId(2))).state).toBe(STATE.locked);
  });
});

describe('when an escrow has expired unsettled', () => {
  beforeEach(() => world.lock(100n * AIT));

  it('pays the client everything back, whatever the platform does', async () => {
    world.chain.now += HOUR + 1n;
    const { events } = await world.withdraw();
    expect(events).toEqual([
      { name: 'Withdrawn', args: { bookingId: bookingId(1), client: world.client.address, amount: 100n * AIT } },
    ]);
    expect(await world.chain.balance(world.client.address)).toBe(1_000n * AIT);
    expect(await world.held()).toBe(0n);
  });

  it('refuses the client up to and including the last second', async () => {
    const { expiresAt } = await world.state();
    expect((await world.withdraw()).error).toEqual({ name: 'NotExpired', args: [expiresAt] });
    world.chain.now = expiresAt;
    expect((await world.withdraw()).error?.name).toBe('NotExpired');
  });

  it('pays once, and no settlement after it', async () => {
    world.chain.now += HOUR + 1n;
    await world.withdraw();
    expect((await world.withdraw()).error?.name).toBe('NotLocked');
    expect((await world.settle(0n)).error?.name).toBe('NotLocked');
    expect((await world.lock(AIT)).error?.name).toBe('AlreadyUsed');
  });

  it('gives nothing to anybody else', async () => {
    world.chain.now += HOUR + 1n;
    expect((await world.withdraw(bookingId(1), world.provider)).error?.name).toBe('NotLocked');
    expect((await world.withdraw(bookingId(1), world.arbiter)).error?.name).toBe('NotLocked');
  });
});

describe('when it is deployed', () => {
  it('fixes treasury, arbiter and fee', async () => {
    expect(await world.chain.read(world.escrow, 'treasury')).toBe(world.treasury.address);
    expect(await world.chain.read(world.escrow, 'arbiter')).toBe(world.arbiter.address);
    expect(await world.chain.read(world.escrow, 'feeBps')).toBe(250n);
    expect(await world.chain.read(world.escrow, 'VERSION')).toBe(1n);
  });

  it('refuses zero addresses and a fee above everything', async () => {
    const chain = await TestChain.start(jobEscrow.abi);
    const { address, ...rest } = await chain.person(AIT);
    const deployer = { address, ...rest };
    expect((await chain.deploy(deployer, jobEscrow, [ZERO, address, 250n])).error?.name).toBe('ZeroAddress');
    expect((await chain.deploy(deployer, jobEscrow, [address, ZERO, 250n])).error?.name).toBe('ZeroAddress');
    expect((await chain.deploy(deployer, jobEscrow, [address, address, 10_001n])).error).toEqual({
      name: 'FeeTooHigh',
      args: [10_001n],
    });
  });

  it('takes no money outside of a lock', async () => {
    const plain = await world.chain.send({ from: world.client, to: world.escrow, value: AIT });
    const withData = await world.chain.send({ from: world.client, to: world.escrow, value: AIT, data: '0x12345678' });
    expect([plain.succeeded, withData.succeeded]).toEqual([false, false]);
    expect(await world.held()).toBe(0n);
  });

  it.each([0n, 10_000n])('shares as it was deployed to, also at %s hundredths of a percent', async (feeBps) => {
    const other = await EscrowWorld.create(feeBps);
    await other.lock(AIT);
    await other.settle(AIT);
    expect(await other.chain.balance(other.treasury.address)).toBe(1_000n * AIT + (AIT * feeBps) / 10_000n);
    expect(await other.held()).toBe(0n);
  });
});
