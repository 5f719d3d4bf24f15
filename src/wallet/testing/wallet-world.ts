import type { Principal } from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { AIT, AppConfig, FixedClock, FlagProvider, FlagsModule, PlatformModule } from '@aitbc/platform';
import { tmpdir } from 'node:os';
import { v7 as uuidv7 } from 'uuid';
import { privateKeyToAddress } from 'viem/accounts';
import { agentsContract } from '../../agents/contract/index.js';
import { gatewayContract } from '../../gateway/contract/index.js';
import {
  AccountView,
  blockchainContract,
  CallContract,
  ChainNotReady,
  ChainView,
  EstimateGas,
  EstimateView,
  FeesView,
  GetAccount,
  GetBlockEffects,
  GetChain,
  GetFees,
  GetHead,
  GetTransaction,
  HeadView,
  SubmitTransaction,
  TransactionAcceptedView,
  TransactionNotFound,
  type TransactionView,
} from '../../blockchain/contract/index.js';
import { BookingRequested, marketplaceContract, SettlementDue } from '../../marketplace/contract/index.js';
import {
  type CreatedWalletView,
  CreateWallet,
  EscrowTermsView,
  GetEscrowTerms,
  GetLedger,
  GetWallet,
  type LedgerEntryView,
  ListTransfers,
  RequestFaucet,
  SendTransfer,
  type TransferView,
  UnlockWallet,
  walletContract,
  type WalletView,
} from '../contract/index.js';
import { DeployEscrow } from '../escrow/deploy-escrow.js';
import { ChainFollower } from '../follower/chain-follower.js';
import { Vault } from '../keystore/vault.js';
import { Resubmit } from '../transactions/resubmit.js';
import { WalletModule } from '../wallet.module.js';
import { BASE_FEE, CHAIN_ID, EvmChain, PRIORITY_FEE } from './evm-chain.js';

export const PASSWORD = 'correct horse battery staple';
const PLATFORM_KEY = '11'.repeat(32);
const FAUCET_KEY = '22'.repeat(32);

export const someone = (): Principal => ({ subject: uuidv7(), roles: ['user'], scopes: [] });

/** The wallet module on a real database and a real EVM. */
export class WalletWorld {
  readonly clock = new FixedClock(new Date('2026-01-01T00:00:00.000Z'));
  readonly flags = new FlagProvider(this.clock);
  readonly platform = privateKeyToAddress(`0x${PLATFORM_KEY}`);
  app: Scenario;
  /** By how many blocks the answering chain replica lags; it then knows nothing of newer blocks. */
  lag = 0;
  /** The account nonce reported by the chain, for tests with an outdated answer. */
  quotedNonce: number | undefined;
  chain: EvmChain;

  static async start(databaseUrl?: string, chain?: EvmChain): Promise<WalletWorld> {
    const world = new WalletWorld();
    world.chain = chain ?? (await EvmChain.start());
    if (!chain) {
      await world.chain.fund(world.platform, 1_000n * AIT);
      await world.chain.fund(privateKeyToAddress(`0x${FAUCET_KEY}`), 1_000_000n * AIT);
    }
    const config = new AppConfig({
      NODE_ENV: 'test',
      DATA_DIR: `${tmpdir()}/wallet-world-${process.pid}`,
      LOG_LEVEL: 'silent',
      PLATFORM_KEY,
      FAUCET_KEY,
      WALLET_MASTER_KEY: '33'.repeat(32),
    });
    world.app = await Scenario.start({
      modules: [WalletModule],
      contracts: [walletContract, blockchainContract, marketplaceContract, agentsContract, gatewayContract],
      imports: [PlatformModule.forRoot(config, world.clock), FlagsModule.forRoot(world.flags)],
      databaseUrl,
    });
    world.connectChain();
    world.app.get(Vault).cost = { n: 2, r: 8, p: 1 };
    return world;
  }

  private connectChain(): void {
    const { app, chain } = this;
    const now = () => this.clock.now();
    app.stub(GetChain, () => ChainView.of({ chainId: CHAIN_ID } as ChainView));
    app.stub(GetFees, () => FeesView.of({ baseFee: BASE_FEE, gasPrice: BASE_FEE, priorityFee: PRIORITY_FEE }));
    app.stub(GetHead, () => HeadView.of({ number: chain.head, hash: chain.hashOf(chain.head), timestamp: now() }));
    app.stub(GetTransaction, ({ hash }) => {
      if (!chain.includes(hash)) throw new TransactionNotFound(hash);
      return { hash, status: 'succeeded' } as TransactionView;
    });
    app.stub(GetBlockEffects, ({ number, logsOf }) => chain.effects(number, logsOf));
    app.stub(CallContract, ({ to, data, notBefore = 0 }) => {
      if (chain.head - this.lag < notBefore) throw new ChainNotReady();
      return this.lag > 0 ? `0x${'00'.repeat(32 * 5)}` : chain.call(to, data);
    });
    app.stub(EstimateGas, () => EstimateView.of({ gas: '21000' }));
    app.stub(GetAccount, async ({ address }) => {
      const { balance, nonce } = await chain.account(address);
      return AccountView.of({ address, balance, nonce: this.quotedNonce ?? nonce, pendingNonce: nonce });
    });
    app.stub(SubmitTransaction, async ({ raw }) => TransactionAcceptedView.of({ hash: await chain.submit(raw) }));
  }

  /** Advances a second, mines a block and processes it here. */
  async block(): Promise<void> {
    await this.app.settled();
    this.clock.advance(1_000);
    await this.chain.mine(this.clock.now());
    await this.follow();
  }

  async follow(): Promise<void> {
    await this.app.get(ChainFollower).run();
    await this.app.settled();
  }

  async resubmit(): Promise<void> {
    await this.app.get(Resubmit).run();
    await this.app.settled();
  }

  /** Lets the chain reject until this module gives up. */
  async refuseForGood(): Promise<void> {
    for (let tries = 0; tries <= 10; tries++) {
      this.clock.advance(30_000);
      await this.resubmit();
    }
  }

  async deployEscrow(): Promise<EscrowTermsView> {
    await this.app.get(DeployEscrow).run();
    await this.block();
    return this.app.ask(GetEscrowTerms.of({}));
  }

  /** A wallet unlocked for an hour that holds `ait`. */
  async wallet(owner: Principal, ait = 100n): Promise<CreatedWalletView> {
    const wallet = await this.create(owner);
    await this.unlock(owner, wallet.id);
    if (ait > 0n) await this.chain.fund(wallet.address, ait * AIT);
    return wallet;
  }

  create(owner: Principal, mnemonic?: string): Promise<CreatedWalletView> {
    return this.app.execute(CreateWallet.of({ name: 'Main', password: PASSWORD, mnemonic }), { as: owner });
  }

  unlock(owner: Principal, walletId: string, password = PASSWORD, ttlSeconds = 3_600): Promise<unknown> {
    return this.app.execute(UnlockWallet.of({ walletId, password, ttlSeconds }), { as: owner });
  }

  read(owner: Principal, walletId: string): Promise<WalletView> {
    return this.app.ask(GetWallet.of({ walletId }), { as: owner });
  }

  send(owner: Principal, walletId: string, to: string, amount: bigint, idSeed?: string): Promise<TransferView> {
    return this.app.execute(SendTransfer.of({ walletId, to, amount }), { as: owner, idSeed });
  }

  faucet(owner: Principal, walletId: string): Promise<{ transactionHash: string }> {
    return this.app.execute(RequestFaucet.of({ walletId }), { as: owner });
  }

  async transfers(owner: Principal, walletId: string): Promise<TransferView[]> {
    const page = await this.app.ask<{ items: TransferView[] }>(ListTransfers.of({ walletId, limit: 100 }), {
      as: owner,
    });
    return page.items;
  }

  /** Oldest first. */
  async ledger(owner: Principal, walletId: string): Promise<LedgerEntryView[]> {
    const page = await this.app.ask<{ items: LedgerEntryView[] }>(GetLedger.of({ walletId, limit: 100 }), {
      as: owner,
    });
    return page.items.toReversed();
  }

  async requestBooking(
    booking: Partial<BookingRequested> & Pick<BookingRequested, 'escrowAddress'>,
  ): Promise<BookingRequested> {
    const event = BookingRequested.of({
      bookingId: uuidv7(),
      offerId: uuidv7(),
      clientId: uuidv7(),
      providerId: uuidv7(),
      walletId: undefined,
      clientAddress: this.platform,
      providerAddress: this.platform,
      amount: 10n * AIT,
      expiresAt: new Date(this.clock.now().getTime() + 86_400_000),
      ...booking,
    });
    await this.app.publish(event);
    return event;
  }

  settle(
    due: Pick<SettlementDue, 'bookingId' | 'escrowAddress' | 'clientAddress' | 'providerGross'>,
    messageId?: string,
  ) {
    return this.app.publish(SettlementDue.of(due), messageId);
  }
}
