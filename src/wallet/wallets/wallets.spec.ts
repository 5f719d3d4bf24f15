import { SessionsEnded } from '../../gateway/contract/index.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { AIT } from '@aitbc/platform';
import { limitFlag } from '@aitbc/platform/testing/limit-flag.js';
import { LockWallet, ListWallets, type UnlockedView, type WalletView } from '../contract/index.js';
import { PASSWORD, someone, WalletWorld } from '../testing/wallet-world.js';
import { SweepSessions } from './sweep-sessions.js';
import { waitAfter } from './unlock-backoff.js';

const PUBLISHED = 'test test test test test test test test test test test junk';
const PUBLISHED_ADDRESS = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';

describe('the wait after wrong passwords', () => {
  it('is none up to the fourth, then doubles up to an hour', () => {
    expect([1, 4, 5, 6, 7, 14, 15, 1_000].map(waitAfter)).toEqual([
      0, 0, 5_000, 10_000, 20_000, 2_560_000, 3_600_000, 3_600_000,
    ]);
  });
});

describeEachDatabase('wallets', (url) => {
  let world: WalletWorld;
  const owner = someone();

  beforeAll(async () => {
    world = await WalletWorld.start(url());
  });
  afterAll(() => world.app.close());

  it('when created, is locked, empty and restorable from its mnemonic', async () => {
    const created = await world.create(owner);
    expect(await world.read(owner, created.id)).toMatchObject({
      name: 'Main',
      address: created.address,
      balance: 0n,
      unlockedUntil: null,
    });
    const restored = await world.create(someone(), created.mnemonic);
    expect(restored.address).toBe(created.address);
  });

  it('when restored, has the address that the mnemonic leads to', async () => {
    const user = someone();
    const { address, id } = await world.create(user, `  ${PUBLISHED.toUpperCase()} `);
    expect(address).toBe(PUBLISHED_ADDRESS);
    await expect(world.create(user, PUBLISHED)).rejects.toMatchObject({ code: 'wallet.exists' });
    expect((await world.unlock(user, id)) as UnlockedView).toBeDefined();
  });

  it('when its owner has as many as one may, is not created', async () => {
    const user = someone();
    const limited = limitFlag('wallets-per-user', 50, { [user.subject]: 2 });
    world.flags.replace([limited], 1);
    await world.create(user);
    const both = await Promise.allSettled([world.create(user), world.create(user)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(world.create(user)).rejects.toMatchObject({ code: 'limit_reached', details: { most: 2 } });
    await world.create(someone());
  });

  it('when one user wants many at once, others still get theirs, and each request gets a definite answer', async () => {
    const greedy = someone();
    const outcomes = Array.from({ length: 60 }, () =>
      world.create(greedy).then(
        () => 'created',
        (error: { code: string }) => error.code,
      ),
    );
    await expect(world.create(someone())).resolves.toBeDefined();
    expect(new Set(await Promise.all(outcomes))).toEqual(new Set(['created', 'too_many_at_once']));
  }, 120_000);

  it('when the mnemonic is none, refuses', async () => {
    await expect(world.create(owner, 'twelve words that mean nothing')).rejects.toMatchObject({
      code: 'wallet.invalid_mnemonic',
      kind: 'unprocessable',
    });
  });

  it('keeps neither mnemonic, password nor key in clear', async () => {
    const user = someone();
    const { mnemonic } = await world.wallet(user, 0n);
    const database = world.app.runtime.module('wallet')!.database;
    const tables = ['wallet_wallets', 'wallet_sessions', 'wallet_inbox', 'wallet_outbox'];
    const rows = await Promise.all(tables.map((table) => database.read(`SELECT * FROM ${table}`)));
    const text = JSON.stringify(rows);
    expect(text.length).toBeGreaterThan(1_000);
    for (const secret of [mnemonic, PASSWORD, '"ciphertext"']) expect(text).not.toContain(secret);
  });

  it("when it is somebody else's, does not exist", async () => {
    const { id } = await world.create(owner);
    const stranger = someone();
    const notFound = { code: 'wallet.not_found', kind: 'not_found' };
    await expect(world.read(stranger, id)).rejects.toMatchObject(notFound);
    await expect(world.unlock(stranger, id)).rejects.toMatchObject(notFound);
    await expect(world.app.execute(LockWallet.of({ walletId: id }), { as: stranger })).rejects.toMatchObject(notFound);
    await expect(world.send(stranger, id, PUBLISHED_ADDRESS, 1n)).rejects.toMatchObject(notFound);
    await expect(world.faucet(stranger, id)).rejects.toMatchObject(notFound);
    await expect(world.transfers(stranger, id)).rejects.toMatchObject(notFound);
    await expect(world.ledger(stranger, id)).rejects.toMatchObject(notFound);
  });

  it('lists the own ones, newest first, by pages, with their balances', async () => {
    const user = someone();
    const made = [await world.wallet(user, 1n), await world.wallet(user, 2n), await world.create(user)];
    const list = (cursor?: string) =>
      world.app.ask<{ items: WalletView[]; nextCursor: string | null }>(ListWallets.of({ limit: 2, cursor }), {
        as: user,
      });
    const first = await list();
    const second = await list(first.nextCursor!);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made.map(({ id }) => id).toReversed());
    expect(second.nextCursor).toBeNull();
    expect(first.items.map(({ balance }) => balance)).toEqual([0n, 2n * AIT]);
  });

  it('when unlocked, is locked again after its time, or at once on demand', async () => {
    const user = someone();
    const { id } = await world.create(user);
    await world.unlock(user, id, PASSWORD, 60);
    const until = new Date(world.clock.now().getTime() + 60_000);
    expect((await world.read(user, id)).unlockedUntil).toEqual(until);
    world.clock.advance(60_000);
    expect((await world.read(user, id)).unlockedUntil).toBeNull();
    await world.unlock(user, id);
    await world.app.execute(LockWallet.of({ walletId: id }), { as: user });
    expect((await world.read(user, id)).unlockedUntil).toBeNull();
  });

  it('when all sessions of its owner have ended, is locked at once, and those of others are not', async () => {
    const [user, neighbour] = [someone(), someone()];
    const [own, second] = [await world.wallet(user), await world.wallet(user)];
    const other = await world.wallet(neighbour);
    await world.app.publish(SessionsEnded.of({ userId: user.subject }));
    for (const { id } of [own, second]) expect((await world.read(user, id)).unlockedUntil).toBeNull();
    await expect(world.send(user, own.id, PUBLISHED_ADDRESS, 1n)).rejects.toMatchObject({ code: 'wallet.locked' });
    expect((await world.read(neighbour, other.id)).unlockedUntil).not.toBeNull();
  });

  it('when its time is over, keeps no key of it', async () => {
    const user = someone();
    const { id } = await world.create(user);
    await world.unlock(user, id, PASSWORD, 60);
    const sessions = (of = id) =>
      world.app.runtime.module('wallet')!.database.read(`SELECT * FROM wallet_sessions WHERE wallet_id = '${of}'`);
    await world.app.get(SweepSessions).run();
    expect(await sessions()).toHaveLength(1);
    world.clock.advance(60_000);
    const neighbour = someone();
    const open = await world.create(neighbour);
    await world.unlock(neighbour, open.id);
    await world.app.get(SweepSessions).run();
    expect(await sessions()).toEqual([]);
    expect(await sessions(open.id)).toHaveLength(1);
  });

  it('when the password is wrong five times, makes the next try wait, longer each time', async () => {
    const user = someone();
    const { id } = await world.create(user);
    const wrong = () => world.unlock(user, id, 'wrong');
    for (let tries = 0; tries < 5; tries++)
      await expect(wrong()).rejects.toMatchObject({ code: 'wallet.wrong_password' });
    const tooMany = (retryAfterSeconds: number) => ({
      code: 'wallet.too_many_attempts',
      kind: 'too_many',
      details: { walletId: id, retryAfterSeconds },
    });
    await expect(world.unlock(user, id)).rejects.toMatchObject(tooMany(5));
    world.clock.advance(5_000);
    await expect(wrong()).rejects.toMatchObject({ code: 'wallet.wrong_password' });
    await expect(wrong()).rejects.toMatchObject(tooMany(10));
    world.clock.advance(10_000);
    await world.unlock(user, id);
    await expect(wrong()).rejects.toMatchObject({ code: 'wallet.wrong_password' });
    await expect(wrong()).rejects.toMatchObject({ code: 'wallet.wrong_password' });
  });

  it('when many guess at once, counts each guess', async () => {
    const user = someone();
    const { id } = await world.create(user);
    const guesses = await Promise.allSettled(Array.from({ length: 9 }, () => world.unlock(user, id, 'wrong')));
    const codes = guesses.map((guess) => (guess as PromiseRejectedResult).reason.code as string);
    expect(codes.filter((code) => code === 'wallet.wrong_password')).toHaveLength(5);
    expect(codes.filter((code) => code === 'wallet.too_many_attempts')).toHaveLength(4);
  });

  it('stays unlocked over a restart', async () => {
    const user = someone();
    const { id } = await world.wallet(user);
    await world.app.close();
    const { clock } = world;
    world = await WalletWorld.start(url(), world.chain);
    world.clock.set(clock.now());
    expect((await world.read(user, id)).unlockedUntil).not.toBeNull();
    expect(await world.send(user, id, PUBLISHED_ADDRESS, 1n)).toMatchObject({ status: 'signed' });
  });
});
