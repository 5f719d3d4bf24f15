import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { AIT } from '@aitbc/platform';
import { v7 as uuidv7 } from 'uuid';
import { encodeFunctionData, getAddress, type Hex, hexToBytes, toFunctionSelector } from 'viem';
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts';
import { InsufficientFunds, jobEscrow, type TransactionEffectView } from '../../blockchain/contract/index.js';
import {
  CheckSpendable,
  EscrowLocked,
  EscrowLockFailed,
  EscrowSettled,
  type EscrowTermsView,
  EscrowWithdrawn,
  GetEscrowTerms,
  GetLockInstructions,
  GetWalletSummary,
  type LockInstructionsView,
  LockWallet,
} from '../contract/index.js';
import { CHAIN_ID, PRIORITY_FEE } from '../testing/evm-chain.js';
import { someone, WalletWorld } from '../testing/wallet-world.js';
import { signTransaction } from '../transactions/sign-transaction.js';
import { treasuryKeyOf } from '../platform-key/platform-key.js';
import { toEscrowId } from './booking-id.js';
import { DeployEscrow } from './deploy-escrow.js';
import { deployData, lockData } from './job-escrow-calls.js';

const HOUR_MS = 3_600_000;
const price = { gas: 300_000n, maxFeePerGas: 2n * PRIORITY_FEE, maxPriorityFeePerGas: PRIORITY_FEE };

describeEachDatabase('the escrow', (url) => {
  let world: WalletWorld;
  let terms: EscrowTermsView;
  const provider = privateKeyToAddress(generatePrivateKey());

  beforeAll(async () => {
    world = await WalletWorld.start(url());
  });
  afterAll(() => world.app.close());

  /** A client with a wallet that has locked 10 AIT for a booking. */
  async function lockedBooking(ait = 100n) {
    const client = someone();
    const wallet = await world.wallet(client, ait);
    const booking = await world.requestBooking({
      clientId: client.subject,
      walletId: wallet.id,
      clientAddress: wallet.address,
      providerAddress: provider,
      escrowAddress: terms.address,
    });
    await world.block();
    return {
      client,
      wallet,
      booking,
      key: { bookingId: booking.bookingId, escrowAddress: terms.address, clientAddress: wallet.address },
    };
  }

  const deadLetters = () => world.app.runtime.module('wallet')!.database.read('SELECT * FROM wallet_dead_letters');

  const forBooking = <E extends { bookingId: string }>(events: E[], bookingId: string) =>
    events.filter((event) => event.bookingId === bookingId);

  it('when it is not deployed yet, is not ready', async () => {
    const fresh = await WalletWorld.start();
    await expect(fresh.app.ask(GetEscrowTerms.of({}))).rejects.toMatchObject({
      code: 'wallet.escrow_not_ready',
      kind: 'unavailable',
    });
    await fresh.app.close();
  });

  it('is deployed once by a transaction of the platform, however often it starts', async () => {
    terms = await world.deployEscrow();
    expect(terms).toMatchObject({ chainId: CHAIN_ID, arbiter: world.platform, feeBasisPoints: 250 });
    expect(terms.treasury).toBe(privateKeyToAddress(treasuryKeyOf(hexToBytes(`0x${'11'.repeat(32)}`))));
    await world.app.close();
    world = await WalletWorld.start(url(), world.chain);
    await world.app.get(DeployEscrow).run();
    await world.block();
    expect(await world.app.ask(GetEscrowTerms.of({}))).toEqual(terms);
    expect((await world.chain.account(world.platform)).nonce).toBe(1);
  });

  it("when another transaction of the platform's key takes the deployment's nonce, is deployed anew", async () => {
    const fresh = await WalletWorld.start();
    fresh.chain.refusal = new InsufficientFunds('insufficient funds');
    await fresh.app.get(DeployEscrow).run();
    await fresh.app.settled();
    fresh.chain.refusal = undefined;
    const call = { chainId: CHAIN_ID, nonce: 0, to: provider, value: 1n, ...price };
    await fresh.chain.submit(signTransaction(call, hexToBytes(`0x${'11'.repeat(32)}`)).raw);
    await fresh.block();
    await fresh.app.get(DeployEscrow).run();
    const deployed = await fresh.deployEscrow();
    expect((await fresh.chain.call(deployed.address, toFunctionSelector('arbiter()'))).toLowerCase()).toContain(
      fresh.platform.toLowerCase().slice(2),
    );
    await fresh.app.close();
  });

  it('when a booking is requested, locks its price from the wallet and says so', async () => {
    const { booking, wallet, client } = await lockedBooking();
    const { bookingId, amount, expiresAt } = booking;
    const [locked, ...more] = forBooking(world.app.published(EscrowLocked), bookingId);
    expect(more).toEqual([]);
    expect(locked).toMatchObject({ bookingId, escrowAddress: terms.address, clientAddress: wallet.address });
    expect(locked).toMatchObject({ providerAddress: provider, amount, lockedAt: world.clock.now() });
    expect(locked!.expiresAt.getTime()).toBe(Math.floor(expiresAt.getTime() / 1000) * 1000);
    const [transfer] = await world.transfers(client, wallet.id);
    expect(transfer).toMatchObject({ kind: 'escrow_lock', status: 'confirmed', to: terms.address, amount });
    expect(locked!.transactionHash).toBe(transfer!.transactionHash);
    expect((await world.chain.account(terms.address)).balance).toBe(10n * AIT);
  });

  it('when the same request comes again, locks once', async () => {
    const { booking, client, wallet } = await lockedBooking();
    await expect(world.app.publish(booking)).resolves.toBeUndefined();
    await world.block();
    expect(await world.transfers(client, wallet.id)).toHaveLength(1);
    expect(forBooking(world.app.published(EscrowLocked), booking.bookingId)).toHaveLength(1);
    expect(await deadLetters()).toEqual([]);
  });

  it("when the wallet is locked, too poor, absent or not the client's, says that it cannot", async () => {
    const client = someone();
    const locked = await world.wallet(client, 100n);
    await world.app.execute(LockWallet.of({ walletId: locked.id }), { as: client });
    const poor = await world.wallet(client, 1n);
    const foreign = await world.wallet(someone(), 100n);
    const cases = [
      { wallet: locked, code: 'wallet.locked' },
      { wallet: poor, code: 'wallet.insufficient_funds' },
      { wallet: foreign, code: 'wallet.not_found' },
      { wallet: { ...foreign, id: uuidv7() }, code: 'wallet.not_found' },
    ];
    for (const { wallet, code } of cases) {
      const { bookingId } = await world.requestBooking({
        clientId: client.subject,
        walletId: wallet.id,
        clientAddress: wallet.address,
        escrowAddress: terms.address,
      });
      expect(forBooking(world.app.published(EscrowLockFailed), bookingId)).toMatchObject([{ code }]);
    }
  });

  it('when the client locks by itself, does nothing but announce it', async () => {
    const key = generatePrivateKey();
    const clientAddress = privateKeyToAddress(key);
    await world.chain.fund(clientAddress, 100n * AIT);
    const booking = await world.requestBooking({ clientAddress, escrowAddress: terms.address });
    expect(forBooking(world.app.published(EscrowLockFailed), booking.bookingId)).toEqual([]);
    const { bookingId, expiresAt } = booking;
    const instructions = await world.app.ask<LockInstructionsView>(
      GetLockInstructions.of({ bookingId, providerAddress: provider, amount: 10n * AIT, expiresAt }),
    );
    expect(instructions).toMatchObject({ to: terms.address, value: 10n * AIT, chainId: CHAIN_ID });
    const { to, data, value, chainId } = instructions;
    const call = { chainId, nonce: 0, to: getAddress(to), data: data as Hex, value, ...price };
    await world.chain.submit(signTransaction(call, hexToBytes(key)).raw);
    await world.block();
    expect(forBooking(world.app.published(EscrowLocked), bookingId)).toMatchObject([
      { clientAddress, providerAddress: provider, amount: 10n * AIT },
    ]);
  });

  it("when somebody locks in a contract that is not the platform's, does not believe it", async () => {
    const key = generatePrivateKey();
    const forger = privateKeyToAddress(key);
    await world.chain.fund(forger, 100n * AIT);
    const own = { chainId: CHAIN_ID, ...price, gas: 2_000_000n };
    const creation = { ...own, nonce: 0, value: 0n, data: deployData(forger, forger) };
    await world.chain.submit(signTransaction(creation, hexToBytes(key)).raw);
    await world.block();
    const [created] = world.chain.effects(world.chain.head).transactions as [TransactionEffectView];
    expect(created.succeeded).toBe(true);
    const bookingId = uuidv7();
    const data = lockData(bookingId, provider, new Date(world.clock.now().getTime() + HOUR_MS));
    const lock = { ...own, nonce: 1, to: getAddress(created.contractAddress!), data, value: 10n * AIT };
    await world.chain.submit(signTransaction(lock, hexToBytes(key)).raw);
    await world.block();
    expect(world.chain.effects(world.chain.head).transactions).toMatchObject([{ succeeded: true, logs: [{}] }]);
    expect(forBooking(world.app.published(EscrowLocked), bookingId)).toEqual([]);
  });

  it("when a settlement is due, pays provider, treasury and client, and the client's ledger shows it", async () => {
    const { client, wallet, key } = await lockedBooking();
    const treasuryBefore = (await world.chain.account(terms.treasury)).balance;
    const providerBefore = (await world.chain.account(provider)).balance;
    await world.settle({ ...key, providerGross: 4n * AIT });
    await world.block();
    const fee = AIT / 10n;
    expect(forBooking(world.app.published(EscrowSettled), key.bookingId)).toMatchObject([
      { ...key, toProvider: 4n * AIT - fee, toTreasury: fee, toClient: 6n * AIT },
    ]);
    expect((await world.chain.account(terms.treasury)).balance - treasuryBefore).toBe(fee);
    expect((await world.chain.account(provider)).balance - providerBefore).toBe(4n * AIT - fee);
    const ledger = await world.ledger(client, wallet.id);
    expect(ledger.at(-1)).toMatchObject({ kind: 'internal', amount: 6n * AIT, counterparty: terms.address });
    const named = ledger.map(({ kind, bookingId }) => [kind, bookingId]);
    expect(named.filter(([, id]) => id !== null)).toEqual([
      ['fee', key.bookingId],
      ['transfer', key.bookingId],
      ['internal', key.bookingId],
    ]);
    expect(ledger.at(-1)!.balance).toBe((await world.chain.account(wallet.address)).balance);
  });

  it('when it is told twice to settle, settles once', async () => {
    const { key } = await lockedBooking();
    const { nonce } = await world.chain.account(world.platform);
    await world.settle({ ...key, providerGross: 4n * AIT });
    await world.settle({ ...key, providerGross: 0n });
    await world.block();
    await world.settle({ ...key, providerGross: 10n * AIT });
    await world.block();
    expect(forBooking(world.app.published(EscrowSettled), key.bookingId)).toHaveLength(1);
    expect((await world.chain.account(world.platform)).nonce).toBe(nonce + 1);
    expect(await deadLetters()).toEqual([]);
  });

  it('when the replica of the chain that answers lags, waits for it', async () => {
    const { key } = await lockedBooking();
    world.lag = 1;
    void world.settle({ ...key, providerGross: 4n * AIT });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await deadLetters()).toEqual([]);
    world.lag = 0;
    await vi.waitFor(
      async () => {
        await world.block();
        expect(forBooking(world.app.published(EscrowSettled), key.bookingId)).toHaveLength(1);
      },
      { timeout: 20_000 },
    );
  });

  it('when the chain refuses a settlement for hours, settles nevertheless', async () => {
    const { key } = await lockedBooking();
    world.chain.refusal = new InsufficientFunds('insufficient funds');
    await world.settle({ ...key, providerGross: AIT });
    for (let hour = 0; hour < 3; hour++) {
      world.clock.advance(HOUR_MS);
      await world.resubmit();
    }
    world.chain.refusal = undefined;
    world.clock.advance(HOUR_MS);
    await world.resubmit();
    await world.block();
    expect(forBooking(world.app.published(EscrowSettled), key.bookingId)).toHaveLength(1);
  });

  it("when another transaction of the platform's key takes a settlement's nonce, signs it again", async () => {
    const { key } = await lockedBooking();
    world.chain.refusal = new InsufficientFunds('insufficient funds');
    await world.settle({ ...key, providerGross: AIT });
    world.chain.refusal = undefined;
    const { nonce } = await world.chain.account(world.platform);
    const call = { chainId: CHAIN_ID, nonce, to: provider, value: 1n, ...price };
    await world.chain.submit(signTransaction(call, hexToBytes(`0x${'11'.repeat(32)}`)).raw);
    await world.block();
    await world.resubmit();
    await world.block();
    expect(forBooking(world.app.published(EscrowSettled), key.bookingId)).toHaveLength(1);
  });

  it('when the client withdraws after the expiry, says so', async () => {
    const key = generatePrivateKey();
    const clientAddress = privateKeyToAddress(key);
    await world.chain.fund(clientAddress, 100n * AIT);
    const bookingId = uuidv7();
    const expiresAt = new Date(world.clock.now().getTime() + HOUR_MS);
    const { data } = await world.app.ask<LockInstructionsView>(
      GetLockInstructions.of({ bookingId, providerAddress: provider, amount: AIT, expiresAt }),
    );
    const to = getAddress(terms.address);
    const lock = { chainId: CHAIN_ID, nonce: 0, to, data: data as Hex, value: AIT, ...price };
    await world.chain.submit(signTransaction(lock, hexToBytes(key)).raw);
    await world.block();
    world.clock.advance(2 * HOUR_MS);
    const withdraw = encodeFunctionData({
      abi: jobEscrow.abi,
      functionName: 'withdraw',
      args: [toEscrowId(bookingId)],
    });
    const call = { chainId: CHAIN_ID, nonce: 1, to, data: withdraw, value: 0n, ...price };
    const { raw, hash } = signTransaction(call, hexToBytes(key));
    await world.chain.submit(raw);
    await world.block();
    expect(forBooking(world.app.published(EscrowWithdrawn), bookingId)).toMatchObject([
      { clientAddress, escrowAddress: terms.address, transactionHash: hash, amount: AIT },
    ]);
    await world.settle({ bookingId, clientAddress, escrowAddress: terms.address, providerGross: AIT });
    await world.block();
    expect(forBooking(world.app.published(EscrowSettled), bookingId)).toEqual([]);
  });

  it('when a lock is reverted by the chain, says so', async () => {
    const client = someone();
    const wallet = await world.wallet(client, 100n);
    const { bookingId } = await world.requestBooking({
      clientId: client.subject,
      walletId: wallet.id,
      clientAddress: wallet.address,
      escrowAddress: terms.address,
      expiresAt: new Date(world.clock.now().getTime() - HOUR_MS),
    });
    await world.block();
    expect(forBooking(world.app.published(EscrowLockFailed), bookingId)).toMatchObject([{ code: 'wallet.reverted' }]);
    expect(await world.transfers(client, wallet.id)).toMatchObject([{ status: 'reverted' }]);
  });

  it('answers whether a wallet can pay, its gas included', async () => {
    const client = someone();
    const wallet = await world.wallet(client, 10n);
    const check = (amount: bigint, as = client) =>
      world.app.ask(CheckSpendable.of({ walletId: wallet.id, amount }), { as });
    expect(await check(9n * AIT)).toMatchObject({ address: wallet.address });
    await expect(check(10n * AIT)).rejects.toMatchObject({ code: 'wallet.insufficient_funds' });
    await expect(check(AIT, someone())).rejects.toMatchObject({ code: 'wallet.not_found' });
    await world.app.execute(LockWallet.of({ walletId: wallet.id }), { as: client });
    await expect(check(AIT)).rejects.toMatchObject({ code: 'wallet.locked' });
  });

  it('holds in the end what is open, and the summary knows where', async () => {
    const summary = await world.app.ask<{ escrowAddress: string; ledgerBlock: number }>(GetWalletSummary.of({}));
    expect(summary).toMatchObject({ escrowAddress: terms.address, ledgerBlock: world.chain.head });
    const locked = world.app.published(EscrowLocked);
    const ended = new Set(
      [...world.app.published(EscrowSettled), ...world.app.published(EscrowWithdrawn)].map((e) => e.bookingId),
    );
    const open = locked.filter(({ bookingId }) => !ended.has(bookingId)).reduce((sum, { amount }) => sum + amount, 0n);
    expect((await world.chain.account(terms.address)).balance).toBe(open);
  });
});
