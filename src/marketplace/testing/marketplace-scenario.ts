import { ModuleUnavailable, type Principal } from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { AppConfig, Clock, FixedClock, FlagProvider, FlagsModule, type Page } from '@aitbc/platform';
import { Global, Module, type Provider } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { privateKeyToAccount } from 'viem/accounts';
import {
  agentsContract,
  BookingClosed,
  GetOfferPresence,
  JobAssigned,
  JobFinished,
  OfferPresenceView,
} from '../../agents/contract/index.js';
import { gatewayContract } from '../../gateway/contract/index.js';
import { blockchainContract, CallContract } from '../../blockchain/contract/index.js';
import {
  CheckSpendable,
  EscrowLocked,
  EscrowSettled,
  EscrowTermsView,
  GetEscrowTerms,
  GetLockInstructions,
  GetWallet,
  LockInstructionsView,
  SpendableView,
  walletContract,
  WalletView,
} from '../../wallet/contract/index.js';
import { SweepBookings } from '../bookings/sweep-bookings.js';
import {
  type AddressChallengeView,
  AddressProofView,
  BookingView,
  BookOffer,
  CreateOffer,
  DisputeBooking,
  GetBooking,
  GetOffer,
  marketplaceContract,
  OfferView,
  RequestAddressChallenge,
  SettlementDue,
} from '../contract/index.js';
import { MarketplaceModule } from '../marketplace.module.js';
import {
  CLIENT,
  CLIENT_ADDRESS,
  CLIENT_WALLET,
  ESCROW_ADDRESS,
  HOURS,
  OPERATOR,
  PRICE,
  PROVIDER,
  PROVIDER_ADDRESS,
  PROVIDER_WALLET,
  START,
  STRANGER,
  STRANGER_ADDRESS,
  STRANGER_KEY,
} from './marketplace-data.js';

const user = (subject: string, ...more: string[]): Principal => ({ subject, roles: ['user', ...more], scopes: [] });
export const client = user(CLIENT);
export const provider = user(PROVIDER);
export const stranger = user(STRANGER);
export const operator = user(OPERATOR, 'operator');

const CHAIN_ID = 7733;

/** The marketplace on a real database, with stubs for wallet and agents. */
export class MarketplaceScenario {
  readonly clock = new FixedClock(START);
  /** The flags; defaults from the code until a test replaces them. */
  readonly flags = new FlagProvider(this.clock);
  /** The number of online agents per offer; undefined if the agents module does not answer. */
  agentsOnline: number | undefined = 1;

  private constructor(public app: Scenario) {}

  static async start(databaseUrl: string, config?: AppConfig): Promise<MarketplaceScenario> {
    const scenario = new MarketplaceScenario(undefined as never);
    const { clock } = scenario;
    const configured = config ?? new AppConfig({ NODE_ENV: 'test', PUBLIC_URL: 'https://api.example.org' });
    const providers: Provider[] = [
      { provide: Clock, useValue: clock },
      { provide: AppConfig, useValue: configured },
    ];
    @Global()
    @Module({ providers, exports: providers })
    class ClockModule {}
    scenario.app = await Scenario.start({
      modules: [MarketplaceModule],
      contracts: [marketplaceContract, walletContract, agentsContract, blockchainContract, gatewayContract],
      imports: [ClockModule, FlagsModule.forRoot(scenario.flags)],
      databaseUrl,
    });
    scenario.stubWallet();
    return scenario;
  }

  /** Stubs the wallet as unlocked and rich. */
  stubWallet(): void {
    const { app } = this;
    app.stub(GetWallet, ({ walletId }) =>
      WalletView.of({
        id: walletId,
        name: 'earnings',
        address: PROVIDER_ADDRESS,
        balance: 0n,
        unlockedUntil: null,
        createdAt: START,
      }),
    );
    // No code at any address.
    app.stub(CallContract, () => '0x');
    app.stub(CheckSpendable, () => SpendableView.of({ address: CLIENT_ADDRESS }));
    app.stub(GetEscrowTerms, () =>
      EscrowTermsView.of({
        address: ESCROW_ADDRESS,
        chainId: CHAIN_ID,
        arbiter: ESCROW_ADDRESS,
        treasury: ESCROW_ADDRESS,
        feeBasisPoints: 250,
      }),
    );
    app.stub(GetOfferPresence, ({ offerIds }) => {
      const { agentsOnline: online } = this;
      if (online === undefined) throw new ModuleUnavailable('agents');
      return offerIds.map((offerId) =>
        OfferPresenceView.of({ offerId, online, lastSeenAt: online > 0 ? this.clock.now() : null }),
      );
    });
    app.stub(GetLockInstructions, ({ bookingId, amount }) =>
      LockInstructionsView.of({
        to: ESCROW_ADDRESS,
        data: `0x${bookingId.replaceAll('-', '')}`,
        value: amount,
        chainId: CHAIN_ID,
      }),
    );
  }

  createOffer(fields: Partial<CreateOffer> = {}, as = provider): Promise<OfferView> {
    const offer = CreateOffer.of({
      gpuModel: 'NVIDIA H100 SXM',
      gpuMemoryGb: 80,
      gpuCount: 1,
      region: 'eu-west',
      pricePerHour: PRICE,
      capabilities: ['wasm'],
      walletId: PROVIDER_WALLET,
      ...fields,
    });
    return this.app.execute(offer, { as });
  }

  /** Proves that the stranger's address belongs to the user. */
  async prove(as = client, address = STRANGER_ADDRESS): Promise<AddressProofView> {
    const asked = RequestAddressChallenge.of({ address });
    const { nonce, message } = await this.app.execute<AddressChallengeView>(asked, { as });
    const signature = await privateKeyToAccount(STRANGER_KEY).signMessage({ message });
    return AddressProofView.of({ nonce, signature });
  }

  async book(offerId: string, fields: Partial<BookOffer> = {}, as = client): Promise<BookingView> {
    const payer = fields.clientAddress ? {} : { walletId: CLIENT_WALLET };
    const proof = fields.clientAddress && !('proof' in fields) ? { proof: await this.prove(as) } : {};
    return this.app.execute(BookOffer.of({ offerId, durationHours: HOURS, ...payer, ...proof, ...fields }), { as });
  }

  async requested(): Promise<BookingView> {
    return this.book((await this.createOffer()).id);
  }

  async funded(): Promise<BookingView> {
    const booking = await this.requested();
    await this.lock(booking);
    return this.booking(booking.id);
  }

  async active(): Promise<BookingView> {
    const booking = await this.funded();
    await this.assignJob(booking.id);
    return this.booking(booking.id);
  }

  async ended(): Promise<BookingView> {
    const booking = await this.active();
    await this.pass(HOURS * 3_600_000);
    return this.booking(booking.id);
  }

  async disputed(): Promise<BookingView> {
    const { id: bookingId } = await this.active();
    return this.app.execute(DisputeBooking.of({ bookingId, reason: 'nothing worked' }), { as: client });
  }

  lock(booking: BookingView, other: Partial<EscrowLocked> = {}, messageId?: string): Promise<void> {
    const lock = EscrowLocked.of({
      bookingId: booking.id,
      escrowAddress: ESCROW_ADDRESS,
      clientAddress: booking.clientAddress,
      providerAddress: booking.providerAddress,
      amount: booking.total,
      expiresAt: booking.escrow.expiresAt,
      transactionHash: `0x${'1'.repeat(64)}`,
      lockedAt: this.clock.now(),
      ...other,
    });
    return this.app.publish(lock, messageId);
  }

  assignJob(bookingId: string): Promise<void> {
    return this.app.publish(JobAssigned.of({ bookingId, jobId: uuidv7(), agentId: uuidv7() }));
  }

  finishJob(bookingId: string, outcome: JobFinished['outcome'], verdict?: JobFinished['verdict']): Promise<void> {
    return this.app.publish(JobFinished.of({ bookingId, jobId: uuidv7(), outcome, verdict }));
  }

  /** Reports the agents' use of an ended booking. */
  close(bookingId: string, use: Partial<BookingClosed> = {}): Promise<void> {
    return this.app.publish(BookingClosed.of({ bookingId, jobsTaken: false, agentWasOnline: true, ...use }));
  }

  /** Confirms a settlement as the contract would. */
  confirm({ bookingId, escrowAddress, clientAddress, providerGross }: SettlementDue, locked: bigint): Promise<void> {
    const toTreasury = (providerGross * 250n) / 10_000n;
    return this.app.publish(
      EscrowSettled.of({
        bookingId,
        escrowAddress,
        clientAddress,
        transactionHash: `0x${'2'.repeat(64)}`,
        toProvider: providerGross - toTreasury,
        toTreasury,
        toClient: locked - providerGross,
      }),
    );
  }

  /** Advances the clock and runs the sweep. */
  async pass(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds);
    await this.app.get(SweepBookings).sweep();
    await this.app.settled();
  }

  booking(bookingId: string, as = client): Promise<BookingView> {
    return this.app.ask(GetBooking.of({ bookingId }), { as });
  }

  offer(offerId: string): Promise<OfferView> {
    return this.app.ask(GetOffer.of({ offerId }), { as: client });
  }

  /** The payouts for a booking that the marketplace has requested. */
  settlements(bookingId: string): SettlementDue[] {
    return this.app.published(SettlementDue).filter((event) => event.bookingId === bookingId);
  }

  page<T>(query: object, as = client): Promise<Page<T>> {
    return this.app.ask(query, { as });
  }
}
