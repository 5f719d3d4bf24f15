import { type Address, formatEther, getAddress, type Hex, parseEther } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { jobEscrow } from '../../src/blockchain/contract/job-escrow.js';
import { publicClient, walletClient } from '../support/chain-client.js';
import { contractWalletOf, deploying, ENDLESS, REVERTING } from '../support/contract-wallet.js';
import { describeClosingAudit } from '../support/closing-audit.js';
import { type Booking, fund, type Offer, offerGpu, type Person, settled } from '../support/people.js';
import { System } from '../support/system.js';

describe('the JSON-RPC of a running system, by viem', () => {
  let system: System;
  let chain: ReturnType<typeof publicClient>;
  let custodial: Person;
  let provider: Person;
  const privateKey = generatePrivateKey();
  const own = privateKeyToAccount(privateKey);

  beforeAll(async () => {
    system = await System.start();
    system.told.keepSecret(privateKey.slice(2));
    chain = publicClient(system.url);
    [custodial, provider] = await Promise.all([system.person('custodial'), system.person('provider')]);
    await fund(custodial);
  }, 180_000);
  afterAll(() => system?.dispose());

  it('tells which chain it is, and that it is in step', async () => {
    expect(await chain.getChainId()).toBe(7733);
    const block = await chain.getBlock({ blockTag: 'latest', includeTransactions: true });
    expect((await chain.getBlock({ blockHash: block.hash })).number).toBe(block.number);
    const syncing = await system.api.post('/rpc', { jsonrpc: '2.0', id: 1, method: 'eth_syncing', params: [] });
    expect(syncing.as(200)).toMatchObject({ result: false });
    const info = (await system.api.get('/v1/chain')).as<{ chainId: number; headNumber: number }>(200);
    expect(info.chainId).toBe(7733);
    expect(info.headNumber).toBeGreaterThanOrEqual(Number(block.number));
  });

  it('shows the balance that a transfer from a wallet has made', async () => {
    const path = `/v1/wallets/${custodial.wallet.id}/transfers`;
    const sent = (await custodial.api.post(path, { to: own.address, amount: '50' })).as<{ transactionHash: Hex }>(202);
    const receipt = await chain.waitForTransactionReceipt({ hash: sent.transactionHash });
    expect(receipt).toMatchObject({ status: 'success', to: own.address.toLowerCase() });
    expect(await chain.getBalance({ address: own.address })).toBe(parseEther('50'));
    type Transfers = { items: { transactionHash: string; status: string }[] };
    await custodial.api.until<Transfers>(path, ({ items }) => items[0]?.status === 'confirmed');
  }, 60_000);

  it('takes a transfer that somebody signed with their own key, and the wallet has it', async () => {
    const to = custodial.wallet.address as Address;
    const before = await chain.getBalance({ address: to });
    const hash = await walletClient(system.url, own).sendTransaction({ to, value: parseEther('1.5') });
    const receipt = await chain.waitForTransactionReceipt({ hash });
    expect(receipt).toMatchObject({ status: 'success', from: own.address.toLowerCase(), gasUsed: 21_000n });
    expect(await chain.getBalance({ address: to })).toBe(before + parseEther('1.5'));
    expect(await chain.getTransactionCount({ address: own.address })).toBe(1);
    expect((await system.api.get(`/v1/chain/transactions/${hash}`)).as(200)).toMatchObject({
      status: 'succeeded',
      value: '1.5',
      fee: formatEther(receipt.gasUsed * receipt.effectiveGasPrice),
    });
  }, 60_000);

  it('deploys a contract, calls it, runs it and finds its events', async () => {
    const wallet = walletClient(system.url, own);
    const { abi, bytecode } = jobEscrow;
    const deployed = await wallet.deployContract({ abi, bytecode, args: [own.address, own.address, 100n] });
    const { contractAddress } = await chain.waitForTransactionReceipt({ hash: deployed });
    const address = contractAddress!;
    expect((await chain.getCode({ address }))!.length).toBeGreaterThan(2);
    const bookingId = `0x${'ab'.repeat(32)}` as const;
    const read = () => chain.readContract({ abi, address, functionName: 'escrowOf', args: [bookingId, own.address] });
    expect((await read())[0]).toBe(0);
    const expiresAt = BigInt(Math.floor(Date.now() / 1000) + 3600);
    const call = { abi, address, account: own, functionName: 'lock', value: parseEther('2') } as const;
    const locked = await wallet.writeContract({ ...call, args: [bookingId, own.address, expiresAt] });
    const { blockNumber } = await chain.waitForTransactionReceipt({ hash: locked });
    expect(await read()).toContain(parseEther('2'));
    const events = await chain.getContractEvents({ abi, address, fromBlock: blockNumber, toBlock: blockNumber });
    expect(events).toMatchObject([{ eventName: 'Locked', args: { bookingId, amount: parseEther('2') } }]);
    // The same lock again would be reverted, and the node says why before anything is sent.
    await expect(wallet.writeContract({ ...call, args: [bookingId, own.address, expiresAt] })).rejects.toThrow(
      /AlreadyUsed/,
    );
  }, 90_000);

  it('answers a batch in one go, each call for itself', async () => {
    const answer = await system.api.post('/rpc', [
      { jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] },
      { jsonrpc: '2.0', id: 'two', method: 'eth_noSuchMethod', params: [] },
      { jsonrpc: '2.0', method: 'eth_blockNumber', params: [] },
      { jsonrpc: '2.0', id: 3, method: 'eth_getBalance', params: [own.address, 'latest'] },
      7,
    ]);
    expect(answer.as(200)).toMatchObject([
      { id: 1, result: '0x1e35' },
      { id: 'two', error: { code: -32601 } },
      { id: 3, result: expect.stringMatching(/^0x/) },
      { id: null, error: { code: -32600 } },
    ]);
  });

  it('forgets a caller that closes its connection, in whichever process the chain is', async () => {
    // Each is its own: it hashes until its time is over, some seconds.
    const calls = Array.from({ length: 60 }, (_, id) => ({
      jsonrpc: '2.0',
      id,
      method: 'eth_call',
      params: [{ data: `0x5b604060002050600056${id.toString(16).padStart(4, '0')}` }, 'latest'],
    }));
    const leaving = new AbortController();
    const headers = { 'content-type': 'application/json' };
    const asked = fetch(`${system.url}/rpc`, {
      method: 'POST',
      headers,
      body: JSON.stringify(calls),
      signal: leaving.signal,
    });
    setTimeout(() => leaving.abort(), 1_500);
    await expect(asked).rejects.toThrow('aborted');
    const underWay = async () => await (await fetch(`${system.hosting('blockchain').url}/health/ready`)).text();
    await vi.waitFor(async () => expect(await underWay()).toContain('calls 0 (0 wait)'), {
      timeout: 25_000,
      interval: 200,
    });
  }, 60_000);

  it('an address books without a wallet here, locks the money by itself and gets it back', async () => {
    const offer = await offerGpu(provider, '3');
    const booking = await bookBySelf(offer);
    expect(booking).toMatchObject({ status: 'requested', clientAddress: own.address });
    const { to, data, value, chainId } = booking.lock!;
    expect({ to, value: BigInt(value), chainId }).toEqual({
      to: booking.escrow.address,
      value: parseEther('3'),
      chainId: 7733,
    });
    await walletClient(system.url, own).sendTransaction({ to, data, value: BigInt(value) });
    const path = `/v1/bookings/${booking.id}`;
    const funded = await custodial.api.until<Booking>(path, ({ status }) => status === 'funded');
    expect(funded.lock).toBeNull();
    (await custodial.api.post(`${path}/cancel`)).as(200);
    const before = await chain.getBalance({ address: own.address });
    const { payout } = await settled(custodial, booking.id);
    expect(payout).toEqual({ toProvider: '0', toTreasury: '0', toClient: '3' });
    expect(await chain.getBalance({ address: own.address })).toBeGreaterThanOrEqual(before);
  }, 90_000);

  it('who locks other than was agreed gets all of it back, and the booking is cancelled', async () => {
    const offer = await offerGpu(provider, '3');
    const booking = await bookBySelf(offer);
    const { to, data } = booking.lock!;
    await walletClient(system.url, own).sendTransaction({ to, data, value: parseEther('1') });
    const { status, payout, failure } = await settled(custodial, booking.id);
    expect({ status, payout }).toEqual({
      status: 'cancelled',
      payout: { toProvider: '0', toTreasury: '0', toClient: '1' },
    });
    expect(failure).toMatch(/other terms/);
    expect((await custodial.api.get(`/v1/offers/${offer.id}`)).as<Offer>(200).status).toBe('available');
  }, 90_000);

  it('a contract books by the signatures that it accepts, also as the code of a key’s account (EIP-7702)', async () => {
    const wallet = walletClient(system.url, own);
    const nonce = await chain.getTransactionCount({ address: own.address });
    const codes = [contractWalletOf(own.address), REVERTING, ENDLESS];
    const sent = codes.map((code, n) =>
      wallet.sendTransaction({ data: deploying(code), nonce: nonce + n, gas: 500_000n }),
    );
    const receipts = (await Promise.all(sent)).map((hash) => chain.waitForTransactionReceipt({ hash }));
    const [contract, reverting, endless] = (await Promise.all(receipts)).map((receipt) => receipt.contractAddress!);
    const delegator = privateKeyToAccount(generatePrivateKey());
    const authorization = await delegator.signAuthorization({ address: contract!, chainId: 7733, nonce: 0 });
    const hash = await wallet.sendTransaction({ to: own.address, authorizationList: [authorization], gas: 200_000n });
    await chain.waitForTransactionReceipt({ hash });

    const offer = await offerGpu(provider, '3');
    const someoneElse = privateKeyToAccount(generatePrivateKey());
    const refusals = [
      await bookAs(contract!, offer, someoneElse),
      await bookAs(delegator.address, offer, someoneElse),
      await bookAs(reverting!, offer),
    ];
    for (const refusal of refusals) {
      expect(refusal.as<{ code: string }>(422).code).toBe('marketplace.address_not_proved');
    }
    // Whether its gas or its time is over first depends on the machine.
    expect([422, 503]).toContain((await bookAs(endless!, offer)).status);
    for (const address of [contract!, delegator.address]) {
      const booking = (await bookAs(address, await offerGpu(provider, '3'))).as<Booking>(202);
      expect(booking).toMatchObject({ status: 'requested', clientAddress: getAddress(address) });
    }
  }, 90_000);

  describeClosingAudit(() => system);

  async function bookBySelf(offer: Offer): Promise<Booking> {
    return (await bookAs(own.address, offer)).as<Booking>(202);
  }

  /** With a proof that `signer` has signed. */
  async function bookAs(address: Address, offer: Offer, signer = own) {
    const challenge = await custodial.api.post('/v1/address-challenges', { address });
    const { nonce, message } = challenge.as<{ nonce: string; message: string }>(201);
    const proof = { nonce, signature: await signer.signMessage({ message }) };
    const body = { clientAddress: address, durationHours: 1, withoutAgent: true, proof };
    return custodial.api.post(`/v1/offers/${offer.id}/bookings`, body);
  }
});
