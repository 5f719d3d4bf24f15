import {
  Contract,
  ContractFactory,
  type EventLog,
  type InterfaceAbi,
  isError,
  type JsonRpcPayload,
  JsonRpcProvider,
  type JsonRpcResult,
  Wallet,
} from 'ethers';
import { type Address, getAddress, type Hex, parseEther, toHex, zeroAddress } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { jobEscrow } from './contract/index.js';
import { assertAnswers } from './testing/checked-rpc.js';
import { ChainProcess } from './testing/start-chain.js';

const NOBODY = '0x00000000000000000000000000000000000000f1';
/** Runtime code that returns 42, and what deploys it. */
const ANSWER = '0x602a60005260206000f3';
const DEPLOY_ANSWER = `0x69${ANSWER.slice(2)}600052600a6016f3` as Hex;

/** ethers as programs use it; every answer that it gets is held against the execution API. */
class CheckedProvider extends JsonRpcProvider {
  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<JsonRpcResult[]> {
    const answers = await super._send(payload);
    assertAnswers([payload].flat(), answers);
    return answers;
  }
}

describe('clients of Ethereum', () => {
  let chain: ChainProcess;
  let answering: Address;

  beforeAll(async () => {
    chain = await ChainProcess.start();
    const hash = await chain.wallet.deployContract({
      account: chain.faucet,
      chain: chain.chain,
      abi: [],
      bytecode: DEPLOY_ANSWER,
    });
    answering = getAddress((await received(hash)).contractAddress!);
  });
  afterAll(() => chain?.close());

  const received = (hash: Hex) => chain.public.waitForTransactionReceipt({ hash, timeout: 20_000 });

  /** Somebody with a key of their own and money. */
  async function funded() {
    const key = generatePrivateKey();
    const account = privateKeyToAccount(key);
    const to = account.address;
    await received(
      await chain.wallet.sendTransaction({ account: chain.faucet, chain: chain.chain, to, value: parseEther('5') }),
    );
    return { key, account };
  }

  describe('viem', () => {
    it('delegates an account by EIP-7702 without being told the gas', async () => {
      const { account } = await funded();
      const owner = privateKeyToAccount(generatePrivateKey());
      const authorization = await chain.wallet.signAuthorization({ account: owner, contractAddress: answering });
      const hash = await chain.wallet.sendTransaction({
        account,
        chain: chain.chain,
        to: owner.address,
        authorizationList: [authorization],
      });
      expect(await received(hash)).toMatchObject({ status: 'success', type: 'eip7702' });
      expect(await chain.public.getCode({ address: owner.address })).toBe(
        `0xef0100${answering.slice(2).toLowerCase()}`,
      );
      expect((await chain.public.call({ to: owner.address })).data).toBe(toHex(42, { size: 32 }));
      expect(await chain.public.getTransaction({ hash })).toMatchObject({
        type: 'eip7702',
        authorizationList: [{ address: answering.toLowerCase(), nonce: 0 }],
      });
    }, 60_000);

    it('sends with an access list without being told the gas', async () => {
      const { account } = await funded();
      const accessList = [{ address: answering, storageKeys: [toHex(0, { size: 32 })] }];
      const hash = await chain.wallet.sendTransaction({ account, chain: chain.chain, to: answering, accessList });
      expect(await received(hash)).toMatchObject({ status: 'success' });
    }, 60_000);

    it('estimates what a contract sends, as wallets that are contracts do', async () => {
      expect(await chain.public.estimateGas({ account: answering, to: NOBODY })).toBe(21_000n);
    });

    it('calls with overrides of state and block, and code that is not deployed', async () => {
      const time = '0x4260005260206000f3'; // return timestamp
      const answer = await chain.public.call({
        to: NOBODY,
        stateOverride: [{ address: NOBODY, code: time }],
        blockOverrides: { time: 77n },
      });
      expect(answer.data).toBe(toHex(77, { size: 32 }));
      expect((await chain.public.call({ code: DEPLOY_ANSWER, data: '0x' })).data).toBe(toHex(42, { size: 32 }));
    });

    it('reads in batches', async () => {
      const [head, balance, code] = await Promise.all([
        chain.public.getBlockNumber(),
        chain.public.getBalance({ address: NOBODY }),
        chain.public.getCode({ address: answering }),
      ]);
      expect([head > 0n, balance, code]).toEqual([true, 0n, ANSWER]);
    });
  });

  describe('ethers', () => {
    let provider: CheckedProvider;
    beforeAll(() => {
      provider = new CheckedProvider(`${chain.url}/rpc`, undefined, { polling: true, pollingInterval: 100 });
    });
    afterAll(() => provider?.destroy());

    it('reads the chain', async () => {
      expect((await provider.getNetwork()).chainId).toBe(7733n);
      const block = await provider.getBlock('latest', true);
      expect((await provider.getBlock(block!.hash!))!.number).toBe(block!.number);
      expect(await provider.getStorage(answering, 0)).toBe(toHex(0, { size: 32 }));
      expect((await provider.getFeeData()).maxPriorityFeePerGas).toBeGreaterThan(0n);
      expect(await provider.call({ to: answering })).toBe(toHex(42, { size: 32 }));
      expect(await provider.getBalance(NOBODY, block!.hash!)).toBe(0n);
    });

    it('transfers, waits and reads the receipt', async () => {
      const wallet = new Wallet((await funded()).key, provider);
      const receipt = await (await wallet.sendTransaction({ to: NOBODY, value: 1n })).wait();
      expect(receipt).toMatchObject({ status: 1, gasUsed: 21_000n });
      const transaction = await provider.getTransaction(receipt!.hash);
      expect(transaction).toMatchObject({ blockHash: receipt!.blockHash, from: wallet.address, value: 1n });
    }, 60_000);

    it('deploys, writes, finds the event and reads the revert', async () => {
      const wallet = new Wallet((await funded()).key, provider);
      const { abi, bytecode } = jobEscrow as unknown as { abi: InterfaceAbi; bytecode: Hex };
      const factory = new ContractFactory(abi, bytecode, wallet);
      const deployed = await factory.deploy(wallet.address, wallet.address, 100n);
      await deployed.waitForDeployment();
      const escrow = new Contract(await deployed.getAddress(), abi, wallet);
      const args = [toHex(1, { size: 32 }), NOBODY, BigInt(Math.floor(Date.now() / 1000) + 86_400)];
      const lock = escrow.getFunction('lock');
      const sent = (await lock(...args, { value: 7n })) as { wait(): Promise<{ blockNumber: number }> };
      const { blockNumber } = await sent.wait();
      const [locked] = (await escrow.queryFilter('Locked', blockNumber, blockNumber)) as EventLog[];
      expect(locked!.args.getValue('amount')).toBe(7n);
      const error: unknown = await lock(...args, { value: 7n }).catch((reason: unknown) => reason);
      expect(isError(error, 'CALL_EXCEPTION') && error.data).toMatch(/^0x[0-9a-f]{8}/);
    }, 90_000);

    it('delegates an account by EIP-7702 without being told the gas', async () => {
      const sender = new Wallet((await funded()).key, provider);
      const owner = new Wallet(generatePrivateKey(), provider);
      const authorization = await owner.authorize({ address: answering, nonce: 0 });
      const sent = await sender.sendTransaction({ type: 4, to: owner.address, authorizationList: [authorization] });
      expect(await sent.wait()).toMatchObject({ status: 1, type: 4 });
      expect(await provider.getCode(owner.address)).toBe(`0xef0100${answering.slice(2).toLowerCase()}`);
    }, 60_000);

    it('sends with an access list without being told the gas', async () => {
      const sender = new Wallet((await funded()).key, provider);
      const accessList = [{ address: answering, storageKeys: [toHex(0, { size: 32 })] }];
      expect(await (await sender.sendTransaction({ to: answering, accessList })).wait()).toMatchObject({ status: 1 });
    }, 60_000);

    it('recognises that the sender is poor', async () => {
      const poor = new Wallet(generatePrivateKey(), provider);
      const error: unknown = await poor
        .sendTransaction({ to: zeroAddress, value: 1n })
        .catch((reason: unknown) => reason);
      expect(isError(error, 'INSUFFICIENT_FUNDS')).toBe(true);
    });
  });
});
