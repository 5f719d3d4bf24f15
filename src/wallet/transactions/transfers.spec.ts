import { switchFlag } from '@aitbc/platform/testing/switch-flag.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { AIT } from '@aitbc/platform';
import type { Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { InsufficientFunds, MempoolFull } from '../../blockchain/contract/index.js';
import { LockWallet, SendTransfer, TransactionSigned, TransferFinished, TransferView } from '../contract/index.js';
import { accountOf } from '../keystore/mnemonic.js';
import { BASE_FEE, CHAIN_ID, PRIORITY_FEE } from '../testing/evm-chain.js';
import { someone, WalletWorld } from '../testing/wallet-world.js';
import { signTransaction } from './sign-transaction.js';

const FEE = 21_000n * (BASE_FEE + PRIORITY_FEE);
const OTHER = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const QUIET_MS = 6_000;
const FIVE_MINUTES = 300_000;

describeEachDatabase('transfers', (url) => {
  let world: WalletWorld;

  beforeAll(async () => {
    world = await WalletWorld.start(url());
  });
  afterEach(async () => {
    world.chain.refusal = undefined;
    world.chain.refuses = () => true;
    // What a test left open is brought to its end, so that the next one finds nothing of it.
    world.clock.advance(QUIET_MS);
    await world.resubmit();
    await world.block();
    await world.block();
  });
  afterAll(() => world.app.close());

  it('when sent, is signed, then submitted, then confirmed, and both ledgers say so', async () => {
    const [payer, payee] = [someone(), someone()];
    const from = await world.wallet(payer, 100n);
    const to = await world.wallet(payee, 0n);
    const sent = await world.send(payer, from.id, to.address, 30n * AIT);
    expect(sent).toMatchObject({
      walletId: from.id,
      status: 'signed',
      to: to.address,
      amount: 30n * AIT,
      blockNumber: null,
    });
    await world.app.settled();
    expect(await world.transfers(payer, from.id)).toMatchObject([{ id: sent.id, status: 'submitted' }]);
    await world.block();
    expect(await world.transfers(payer, from.id)).toMatchObject([
      { id: sent.id, status: 'confirmed', blockNumber: world.chain.head, transactionHash: sent.transactionHash },
    ]);
    expect(await world.ledger(payer, from.id)).toMatchObject([
      { sequence: 1, kind: 'opening', amount: 100n * AIT, balance: 100n * AIT },
      { sequence: 2, kind: 'fee', amount: -FEE, transactionHash: sent.transactionHash },
      { sequence: 3, kind: 'transfer', amount: -30n * AIT, counterparty: to.address, balance: 70n * AIT - FEE },
    ]);
    expect(await world.ledger(payee, to.id)).toMatchObject([
      { sequence: 1, kind: 'transfer', amount: 30n * AIT, counterparty: from.address, balance: 30n * AIT },
    ]);
    expect((await world.read(payer, from.id)).balance).toBe(70n * AIT - FEE);
    const { id: transferId, transactionHash } = sent;
    const what = { kind: 'transfer', to: to.address, amount: 30n * AIT, transactionHash } as const;
    expect(world.app.published(TransferFinished).filter((each) => each.walletId === from.id)).toEqual([
      TransferFinished.of({ walletId: from.id, transferId, userId: payer.subject, status: 'confirmed', ...what }),
    ]);
  });

  it('when the wallet is locked, refuses', async () => {
    const owner = someone();
    const { id } = await world.wallet(owner);
    await world.app.execute(LockWallet.of({ walletId: id }), { as: owner });
    await expect(world.send(owner, id, OTHER, 1n)).rejects.toMatchObject({ code: 'wallet.locked', kind: 'conflict' });
  });

  it('when asked for again, is answered as before, though it used up the balance and the wallet is locked', async () => {
    const owner = someone();
    const { id } = await world.wallet(owner, 100n);
    const send = () => world.send(owner, id, OTHER, 70n * AIT, `seventy of ${id}`);
    const sent = await send();
    await world.app.settled();
    await world.block();
    expect(await send()).toEqual(sent);
    await world.app.execute(LockWallet.of({ walletId: id }), { as: owner });
    expect(await send()).toEqual(sent);
    expect(await world.transfers(owner, id)).toHaveLength(1);
  });

  it('when its process ended between signing and answering, is answered with what was signed', async () => {
    const owner = someone();
    const { id } = await world.wallet(owner, 100n);
    const send = (attempt: number) =>
      world.app.execute<TransferView>(SendTransfer.of({ walletId: id, to: OTHER, amount: 70n * AIT }), {
        as: owner,
        idSeed: `killed ${id}`,
        attempt,
      });
    vi.spyOn(TransferView, 'of').mockImplementationOnce(() => {
      throw new Error('killed');
    });
    await expect(send(1)).rejects.toMatchObject({ code: 'internal_error' });
    await world.app.settled();
    await world.block();
    const [sent] = await world.transfers(owner, id);
    expect(sent).toMatchObject({ status: 'confirmed' });
    expect(await send(2)).toMatchObject({ id: sent!.id, transactionHash: sent!.transactionHash });
    expect(await world.transfers(owner, id)).toHaveLength(1);
  });

  it('when the balance is too little, fees and open transfers counted, refuses and stores nothing', async () => {
    const owner = someone();
    const { id } = await world.wallet(owner, 10n);
    const tooLittle = { code: 'wallet.insufficient_funds', kind: 'unprocessable' };
    await expect(world.send(owner, id, OTHER, 11n * AIT)).rejects.toMatchObject(tooLittle);
    await expect(world.send(owner, id, OTHER, 10n * AIT)).rejects.toMatchObject(tooLittle);
    await world.send(owner, id, OTHER, 6n * AIT);
    await expect(world.send(owner, id, OTHER, 6n * AIT)).rejects.toMatchObject(tooLittle);
    expect(await world.transfers(owner, id)).toHaveLength(1);
  });

  it('when many are sent at once, each has a nonce of its own and all are confirmed', async () => {
    const owner = someone();
    const { id, address } = await world.wallet(owner, 100n);
    await Promise.all(Array.from({ length: 12 }, () => world.send(owner, id, OTHER, AIT)));
    await world.block();
    const transfers = await world.transfers(owner, id);
    expect(transfers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 'confirmed'));
    expect((await world.chain.account(address)).nonce).toBe(12);
    const ledger = await world.ledger(owner, id);
    expect(ledger.at(-1)!.balance).toBe(88n * AIT - 12n * FEE);
    expect(ledger.map(({ sequence }) => sequence)).toEqual(ledger.map((_, at) => at + 1));
  });

  it('when the same request comes twice, sends once', async () => {
    const owner = someone();
    const { id } = await world.wallet(owner, 100n);
    const one = await world.send(owner, id, OTHER, AIT, 'the same request');
    const other = await world.send(owner, id, OTHER, AIT, 'the same request');
    expect(other).toEqual(one);
    expect(await world.transfers(owner, id)).toHaveLength(1);
  });

  it('when the chain loses its pool, submits again until it is confirmed', async () => {
    const owner = someone();
    const { id } = await world.wallet(owner, 100n);
    await world.send(owner, id, OTHER, AIT);
    await world.app.settled();
    world.chain.losePool();
    await world.block();
    expect(await world.transfers(owner, id)).toMatchObject([{ status: 'submitted' }]);
    world.clock.advance(QUIET_MS);
    await world.resubmit();
    await world.block();
    expect(await world.transfers(owner, id)).toMatchObject([{ status: 'confirmed' }]);
  });

  it('when the chain is away or full, waits for it however long', async () => {
    const owner = someone();
    const { id } = await world.wallet(owner, 100n);
    world.chain.refusal = new MempoolFull('no room');
    await world.send(owner, id, OTHER, AIT);
    world.clock.advance(FIVE_MINUTES * 10);
    await world.resubmit();
    expect(await world.transfers(owner, id)).toMatchObject([{ status: 'signed' }]);
    world.chain.refusal = undefined;
    world.clock.advance(QUIET_MS);
    await world.resubmit();
    await world.block();
    expect(await world.transfers(owner, id)).toMatchObject([{ status: 'confirmed' }]);
  });

  it('when the chain refuses it for five minutes, fails for good, and those behind it follow without the key', async () => {
    const owner = someone();
    const { id, address } = await world.wallet(owner, 100n);
    world.chain.refusal = new InsufficientFunds('insufficient funds');
    world.chain.refuses = ({ value }) => value === AIT;
    const first = await world.send(owner, id, OTHER, AIT);
    await world.app.settled();
    const second = await world.send(owner, id, OTHER, 2n * AIT);
    await world.app.settled();
    await world.app.execute(LockWallet.of({ walletId: id }), { as: owner });
    await world.refuseForGood();
    const statuses = async () =>
      Object.fromEntries((await world.transfers(owner, id)).map((each) => [each.id, [each.status, each.failure]]));
    expect((await statuses())[first.id]).toEqual(['failed', 'wallet.insufficient_funds']);
    world.clock.advance(QUIET_MS);
    await world.resubmit();
    await world.block();
    expect((await statuses())[second.id]).toEqual(['confirmed', null]);
    expect((await world.chain.account(address)).nonce).toBe(2);
    expect((await world.ledger(owner, id)).at(-1)!.balance).toBe((await world.chain.account(address)).balance);
  });

  it('when the chain refuses it after a stall of minutes, goes on trying: refusals count, not age', async () => {
    const owner = someone();
    const { id } = await world.wallet(owner, 100n);
    world.chain.refusal = new MempoolFull('no room');
    await world.send(owner, id, OTHER, AIT);
    await world.app.settled();
    world.clock.advance(FIVE_MINUTES * 2);
    for (let stall = 0; stall < 2; stall++) {
      world.chain.refusal = new InsufficientFunds('insufficient funds');
      await world.resubmit();
      expect(await world.transfers(owner, id)).toMatchObject([{ status: 'signed' }]);
      world.clock.advance(FIVE_MINUTES);
    }
    world.chain.refusal = undefined;
    await world.resubmit();
    await world.block();
    expect(await world.transfers(owner, id)).toMatchObject([{ status: 'confirmed' }]);
  });

  it('when it was given up, is not offered by an event that comes late', async () => {
    const owner = someone();
    const { id, address } = await world.wallet(owner, 100n);
    world.chain.refusal = new InsufficientFunds('insufficient funds');
    const sent = await world.send(owner, id, OTHER, AIT);
    await world.app.settled();
    await world.refuseForGood();
    expect(await world.transfers(owner, id)).toMatchObject([{ status: 'failed' }]);
    world.chain.refusal = undefined;
    const [signed] = world.app.published(TransactionSigned).filter(({ transactionId }) => transactionId === sent.id);
    await world.app.publish(TransactionSigned.of(signed!));
    await world.block();
    expect((await world.chain.account(address)).nonce).toBe(0);
    expect(await world.transfers(owner, id)).toMatchObject([{ status: 'failed' }]);
  });

  it('when its nonce was used in a block that was taken in before it was signed, fails as superseded', async () => {
    const owner = someone();
    const { id, address, mnemonic } = await world.wallet(owner, 100n);
    const { privateKey } = await accountOf(mnemonic);
    const price = { gas: 21_000n, maxFeePerGas: 2n * PRIORITY_FEE, maxPriorityFeePerGas: PRIORITY_FEE };
    await world.chain.submit(
      signTransaction({ chainId: CHAIN_ID, nonce: 0, to: OTHER, value: AIT, ...price }, privateKey).raw,
    );
    await world.block();
    // Signed with the nonce that was quoted before.
    world.quotedNonce = 0;
    await world.send(owner, id, OTHER, AIT);
    world.quotedNonce = undefined;
    await world.app.settled();
    world.clock.advance(QUIET_MS);
    await world.resubmit();
    expect(await world.transfers(owner, id)).toMatchObject([{ status: 'failed', failure: 'wallet.superseded' }]);
    expect((await world.chain.account(address)).nonce).toBe(1);
  });

  it('when the chain lost the block that had it, is offered again, and the ledger ends at what the chain says', async () => {
    const owner = someone();
    const { id, address } = await world.wallet(owner, 100n);
    await world.block();
    await world.send(owner, id, OTHER, 30n * AIT);
    await world.block();
    expect(await world.transfers(owner, id)).toMatchObject([{ status: 'confirmed' }]);
    await world.chain.loseBlocks(1);
    await world.block();
    expect(await world.transfers(owner, id)).toMatchObject([{ status: 'submitted', blockNumber: null }]);
    world.clock.advance(QUIET_MS);
    await world.resubmit();
    await world.block();
    expect(await world.transfers(owner, id)).toMatchObject([{ status: 'confirmed', blockNumber: world.chain.head }]);
    const { balance } = await world.chain.account(address);
    expect(balance).toBe(70n * AIT - FEE);
    expect((await world.ledger(owner, id)).at(-1)!.balance).toBe(balance);
  });

  it('when one failed and its nonce is free, gives it to the next', async () => {
    const owner = someone();
    const { id, address } = await world.wallet(owner, 100n);
    world.chain.refusal = new InsufficientFunds('insufficient funds');
    await world.send(owner, id, OTHER, AIT);
    await world.app.settled();
    await world.refuseForGood();
    world.chain.refusal = undefined;
    await world.send(owner, id, OTHER, 2n * AIT);
    await world.block();
    expect((await world.transfers(owner, id)).map(({ status }) => status)).toEqual(['confirmed', 'failed']);
    expect((await world.chain.account(address)).nonce).toBe(1);
  });

  it('when the owner spends the nonce elsewhere with the same key, fails as superseded', async () => {
    const owner = someone();
    const { id, mnemonic } = await world.wallet(owner, 100n);
    world.chain.refusal = new MempoolFull('no room');
    await world.send(owner, id, OTHER, AIT);
    await world.app.settled();
    world.chain.refusal = undefined;
    const { privateKey } = await accountOf(mnemonic);
    const price = { gas: 21_000n, maxFeePerGas: 2n * PRIORITY_FEE, maxPriorityFeePerGas: PRIORITY_FEE };
    const elsewhere = signTransaction(
      { chainId: CHAIN_ID, nonce: 0, to: OTHER, value: 5n * AIT, ...price },
      privateKey,
    );
    await world.chain.submit(elsewhere.raw);
    await world.block();
    expect(await world.transfers(owner, id)).toMatchObject([{ status: 'failed', failure: 'wallet.superseded' }]);
    expect(world.app.published(TransferFinished).at(-1)).toMatchObject({
      userId: owner.subject,
      status: 'failed',
      failure: 'wallet.superseded',
    });
    expect((await world.ledger(owner, id)).at(-1)!.balance).toBe(95n * AIT - FEE);
  });

  it('signs what the chain checks: the sender is the wallet', async () => {
    const owner = someone();
    const { id, address, mnemonic } = await world.wallet(owner, 100n);
    await world.send(owner, id, OTHER, AIT);
    const { privateKey } = await accountOf(mnemonic);
    expect(privateKeyToAccount(`0x${Buffer.from(privateKey).toString('hex')}` as Hex).address).toBe(address);
    expect(world.app.published(TransactionSigned).at(-1)!.sender).toBe(address);
  });
});

describeEachDatabase('the faucet', (url) => {
  let world: WalletWorld;

  beforeAll(async () => {
    world = await WalletWorld.start(url());
  });
  afterAll(() => world.app.close());

  it('gives 100 AIT by a transaction, to a locked wallet too', async () => {
    const owner = someone();
    const { id } = await world.create(owner);
    const { transactionHash } = await world.faucet(owner, id);
    await world.block();
    expect(await world.read(owner, id)).toMatchObject({ balance: 100n * AIT });
    expect(await world.ledger(owner, id)).toMatchObject([{ kind: 'transfer', amount: 100n * AIT, transactionHash }]);
    expect(await world.transfers(owner, id)).toEqual([]);
  });

  it('switched off gives nobody anything, and gives again when it is switched on', async () => {
    const owner = someone();
    const { id } = await world.create(owner);
    const given = () =>
      world.faucet(owner, id).then(
        () => 'given',
        (error: { code: string }) => error.code,
      );
    const outcomes = [];
    for (const [revision, defaultVariant] of ['off', 'on', 'off', 'on'].entries()) {
      const flag = switchFlag('faucet-enabled', { defaultVariant, version: revision });
      world.flags.replace([flag], revision);
      outcomes.push(...(await Promise.all([given(), given()])));
    }
    const closed = 'wallet.faucet_closed';
    expect(outcomes).toEqual([closed, closed, 'given', 'given', closed, closed, 'given', 'given']);
  });

  it('can be for some roles only, and is asked for in the name of the wallet module', async () => {
    const conditions = [
      { attribute: 'module', operator: 'equals' as const, values: ['wallet'] },
      { attribute: 'roles', operator: 'equals' as const, values: ['developer'] },
    ];
    world.flags.replace([switchFlag('faucet-enabled', { rules: [{ conditions, variant: 'on' }] })], 10);
    const developer = { ...someone(), roles: ['user', 'developer'] };
    const user = someone();
    await world.faucet(developer, (await world.create(developer)).id);
    await expect(world.faucet(user, (await world.create(user)).id)).rejects.toMatchObject({
      code: 'wallet.faucet_closed',
    });
    world.flags.replace([], 11);
  });

  it('gives a user ten times an hour, over all of its wallets', async () => {
    const owner = someone();
    const wallets = [await world.create(owner), await world.create(owner)];
    for (let call = 0; call < 10; call++) await world.faucet(owner, wallets[call % 2]!.id);
    await expect(world.faucet(owner, wallets[0]!.id)).rejects.toMatchObject({
      code: 'wallet.faucet_exhausted',
      details: { retryAfterSeconds: 3_600 },
    });
    const other = someone();
    await world.faucet(other, (await world.create(other)).id);
    world.clock.advance(3_600_000);
    await world.faucet(owner, wallets[0]!.id);
  });
});
