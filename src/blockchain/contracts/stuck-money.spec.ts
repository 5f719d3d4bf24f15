import { AIT, EscrowWorld, HOUR, bookingId, callData, payee } from './testing/escrow-world.js';

let world: EscrowWorld;

beforeEach(async () => {
  world = await EscrowWorld.create();
});

describe('when a payee misbehaves', () => {
  it.each(['RefusesMoney', 'BurnsGas', 'ReturnsBomb'] as const)(
    'settles although the provider is %s, and credits it',
    async (name) => {
      const provider = await world.payee(name);
      await world.lock(100n * AIT, bookingId(1), { provider });
      const outcome = await world.settle(40n * AIT);
      expect(outcome.events.map((event) => event.name)).toEqual(['Settled', 'Credited']);
      expect(outcome.gasUsed).toBeLessThan(200_000n);
      expect(await world.credit(provider)).toBe(39n * AIT);
      expect(await world.held()).toBe(39n * AIT);
      expect(await world.chain.balance(world.treasury.address)).toBe(1_001n * AIT);
      expect(await world.chain.balance(world.client.address)).toBe(960n * AIT);
    },
  );

  it('settles although the client refuses its rest, and a withdrawal becomes a credit', async () => {
    const client = await world.payee('RefusesMoney');
    const lock = (id: number) =>
      world.through(client, 'lock', [bookingId(id), world.provider.address, world.inOneHour], AIT);
    await lock(1);
    await lock(2);
    await world.settle(0n, bookingId(1), client);
    expect(await world.credit(client)).toBe(AIT);
    world.chain.now += HOUR + 1n;
    await world.through(client, 'withdraw', [bookingId(2)]);
    expect(await world.credit(client)).toBe(2n * AIT);
  });

  it('pays a wallet contract that writes down what it receives at once, without a credit', async () => {
    const provider = await world.payee('CountsMoney');
    await world.lock(100n * AIT, bookingId(1), { provider });
    await world.settle(40n * AIT);
    expect(await world.chain.balance(provider)).toBe(39n * AIT);
    expect(await world.credit(provider)).toBe(0n);
  });

  it('never credits a willing payee for want of gas: with too little, the settlement fails as a whole', async () => {
    const provider = await world.payee('CountsMoney');
    await world.lock(100n * AIT, bookingId(1), { provider });
    let settled = false;
    for (let gas = 40_000n; !settled; gas += 2_000n) {
      const settle = callData('settle', [bookingId(1), world.client.address, 40n * AIT]);
      settled = (await world.chain.send({ from: world.arbiter, to: world.escrow, data: settle, gas })).succeeded;
      expect(await world.credit(provider)).toBe(0n);
    }
    expect(await world.chain.balance(provider)).toBe(39n * AIT);
    expect(await world.held()).toBe(0n);
  });
});

describe('when an account has a credit', () => {
  let provider: `0x${string}`;

  beforeEach(async () => {
    provider = await world.payee('RefusesMoney');
    await world.lock(100n * AIT, bookingId(1), { provider });
    await world.settle(100n * AIT);
  });

  it('claims it to another address, once', async () => {
    const to = world.stranger.address;
    const before = await world.chain.balance(to);
    const { events } = await world.through(provider, 'claimTo', [to]);
    expect(events).toEqual([{ name: 'Claimed', args: { account: provider, to, amount: 975n * (AIT / 10n) } }]);
    expect(await world.chain.balance(to)).toBe(before + 975n * (AIT / 10n));
    expect(await world.held()).toBe(0n);
    expect((await world.through(provider, 'claimTo', [to])).error?.name).toBe('NothingToClaim');
  });

  it('keeps it when the claim is refused by its receiver', async () => {
    expect((await world.through(provider, 'claim')).error?.name).toBe('ClaimRefused');
    expect(await world.credit(provider)).toBe(975n * (AIT / 10n));
  });

  it('gives nothing to anybody else, nor to the zero address', async () => {
    expect((await world.call(world.stranger, 'claim')).error?.name).toBe('NothingToClaim');
    const zero = '0x0000000000000000000000000000000000000000';
    expect((await world.through(provider, 'claimTo', [zero])).error?.name).toBe('ZeroAddress');
  });
});

describe('when coins are forced upon the contract', () => {
  it('pays every escrow as if nothing had happened', async () => {
    const { chain, escrow, stranger } = world;
    await world.lock(100n * AIT);
    await chain.deploy(stranger, payee('Forces'), [escrow], 5n * AIT);
    expect(await world.held()).toBe(105n * AIT);
    await world.settle(40n * AIT);
    expect(await chain.balance(world.client.address)).toBe(960n * AIT);
    expect(await world.held()).toBe(5n * AIT);
  });
});
