import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Principal } from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { Clock, FixedClock, FlagProvider, FlagsModule } from '@aitbc/platform';
import { Global, Module } from '@nestjs/common';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { v7 as uuidv7 } from 'uuid';
import { blockchainContract } from '../../blockchain/contract/index.js';
import { AgentTokenView, gatewayContract, IssueAgentToken, RevokeAgentToken } from '../../gateway/contract/index.js';
import {
  BookingEnded,
  BookingFunded,
  BookingNotFound,
  GetBooking,
  GetOffer,
  marketplaceContract,
  OfferNotFound,
  OfferView,
} from '../../marketplace/contract/index.js';
import { CountersignatureView, CountersignReceipt, walletContract } from '../../wallet/contract/index.js';
import { AgentsModule } from '../agents.module.js';
import {
  agentsContract,
  type AssignmentView,
  type AttemptRef,
  GetAssignment,
  GetJob,
  Heartbeat,
  type HeartbeatView,
  type JobView,
  JobResultView,
  ReceiptView,
  RegisterAgent,
  type RegisteredAgentView,
  SetAgentKey,
  SubmitFailure,
  SubmitJob,
  SubmitResult,
  TakeJob,
  WasmTask,
} from '../contract/index.js';
import { SweepJobs } from '../jobs/sweep-jobs.js';
import { publicKeyOf, signReceipt } from '../receipts/agent-signature.js';
import { hashOfResult, type Receipt } from '../receipts/receipt.js';
import { doNothing } from './sample-jobs.js';

const user = (subject: string, ...more: string[]): Principal => ({ subject, roles: ['user', ...more], scopes: [] });

export const START = new Date('2026-01-01T00:00:00.000Z');
export const CLIENT = '019a0000-0000-7000-8000-00000000000c';
export const PROVIDER = '019a0000-0000-7000-8000-00000000000d';
export const CLIENT_ADDRESS = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC';
export const PROVIDER_ADDRESS = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
export const client = user(CLIENT);
export const provider = user(PROVIDER);
export const stranger = user('019a0000-0000-7000-8000-00000000000e');
export const operator = user('019a0000-0000-7000-8000-00000000000f', 'operator');

/** A registered agent, with its daemon's key. */
export interface TestAgent {
  id: string;
  principal: Principal;
  key: KeyObject;
}

/** The agents module on a real database, with stubs for marketplace, wallet and gateway. */
export class AgentsScenario {
  readonly clock = new FixedClock(START);
  /** The flags; the code's defaults until a test replaces them. */
  readonly flags = new FlagProvider(this.clock);
  readonly platform = privateKeyToAccount(generatePrivateKey());
  /** Offers of the provider; a test's jobs use the last one, to isolate tests from each other. */
  readonly offerIds = [uuidv7()];
  /** The agents for which a token was requested, once per request. */
  readonly tokensFor: string[] = [];
  readonly tokensRevoked: string[] = [];
  /** While set, the wallet does not answer. */
  walletIsAway = false;
  private app_: Scenario;

  static async start(databaseUrl: string): Promise<AgentsScenario> {
    const scenario = new AgentsScenario();
    const { clock } = scenario;
    @Global()
    @Module({ providers: [{ provide: Clock, useValue: clock }], exports: [Clock] })
    class ClockModule {}
    scenario.app_ = await Scenario.start({
      modules: [AgentsModule],
      contracts: [agentsContract, marketplaceContract, walletContract, gatewayContract, blockchainContract],
      imports: [ClockModule, FlagsModule.forRoot(scenario.flags)],
      databaseUrl,
      retry: { attempts: 200, firstDelayMs: 5, maxDelayMs: 20 },
    });
    scenario.stubOthers();
    return scenario;
  }

  get offerId(): string {
    return this.offerIds.at(-1)!;
  }

  get app(): Scenario {
    return this.app_;
  }

  private stubOthers(): void {
    const { app } = this;
    app.stub(GetOffer, ({ offerId }) => {
      if (this.offerIds.includes(offerId)) return offerOf(offerId);
      throw new OfferNotFound(offerId);
    });
    app.stub(GetBooking, ({ bookingId }) => {
      throw new BookingNotFound(bookingId);
    });
    app.stub(IssueAgentToken, ({ agentId, name }) => {
      this.tokensFor.push(agentId);
      return AgentTokenView.of({ token: `token-of-${agentId}-${name}`, expiresAt: START });
    });
    app.stub(RevokeAgentToken, ({ agentId }) => void this.tokensRevoked.push(agentId));
    app.stub(CountersignReceipt, async ({ digest }) => {
      if (this.walletIsAway) throw new Error('The wallet is away.');
      const signature = await this.platform.signMessage({ message: { raw: digest as `0x${string}` } });
      return CountersignatureView.of({ signature, address: this.platform.address });
    });
  }

  register(fields: Partial<RegisterAgent> = {}, as = provider): Promise<RegisteredAgentView> {
    const command = RegisterAgent.of({ name: 'rack 12', capabilities: ['wasm'], offerIds: [this.offerId], ...fields });
    return this.app.execute(command, { as });
  }

  async agent(fields: Partial<RegisterAgent> = {}): Promise<TestAgent> {
    const { agent } = await this.register(fields);
    const key = generateKeyPairSync('ed25519').privateKey;
    const principal = { subject: agent.id, roles: [], scopes: ['agent'] };
    await this.app.execute(SetAgentKey.of({ agentId: agent.id, publicKey: publicKeyOf(key) }), { as: principal });
    return { id: agent.id, principal, key };
  }

  async fundedBooking(bookingId: string = uuidv7()): Promise<string> {
    await this.app.publish(
      BookingFunded.of({
        bookingId,
        offerId: this.offerId,
        clientId: CLIENT,
        providerId: PROVIDER,
        clientAddress: CLIENT_ADDRESS,
        providerAddress: PROVIDER_ADDRESS,
        endsAt: new Date(this.clock.now().getTime() + 3_600_000),
      }),
    );
    return bookingId;
  }

  endBooking(bookingId: string, reason: BookingEnded['reason'] = 'cancelled'): Promise<void> {
    return this.app.publish(BookingEnded.of({ bookingId, reason }));
  }

  submit(bookingId: string, fields: Partial<SubmitJob> = {}, as = client): Promise<JobView> {
    const task = WasmTask.of({ kind: 'wasm', module: Buffer.from(doNothing()).toString('base64') } as WasmTask);
    return this.app.execute(SubmitJob.of({ bookingId, task, ...fields }), { as });
  }

  async queuedJob(): Promise<JobView> {
    return this.submit(await this.fundedBooking());
  }

  take({ id, principal }: TestAgent): Promise<AttemptRef | undefined> {
    return this.app.execute(TakeJob.of({ agentId: id }), { as: principal });
  }

  heartbeat({ id, principal }: TestAgent, attempts: AttemptRef[] = []): Promise<HeartbeatView> {
    return this.app.execute(Heartbeat.of({ agentId: id, attempts }), { as: principal });
  }

  /** An honest daemon's submission for an attempt; `change` makes it dishonest before it is signed. */
  async outcome(
    agent: TestAgent,
    { jobId, attempt }: AttemptRef,
    change: Partial<Receipt> = {},
  ): Promise<SubmitResult> {
    const query = GetAssignment.of({ agentId: agent.id, jobId, attempt });
    const { bookingId, provider, client, kind } = await this.app.ask<AssignmentView>(query, { as: agent.principal });
    const result = JobResultView.of({ exitCode: 0, stdout: 'hello', stderr: '' } as JobResultView);
    const startedAt = this.clock.now();
    const receipt: Receipt = {
      version: 1,
      jobId,
      bookingId,
      provider,
      client,
      agentId: agent.id,
      kind,
      units: 12,
      unitType: 'millisecond',
      startedAt: startedAt.toISOString(),
      finishedAt: new Date(startedAt.getTime() + 20).toISOString(),
      resultHash: hashOfResult({ exitCode: 0, stdout: 'hello', stderr: '' }),
      ...change,
    };
    const signed = signReceipt(receipt, agent.key);
    return SubmitResult.of({ ...signed, jobId, attempt, result, receipt: ReceiptView.of(receipt as ReceiptView) });
  }

  bring(agent: TestAgent, outcome: SubmitResult): Promise<void> {
    return this.app.execute(outcome, { as: agent.principal });
  }

  fail(agent: TestAgent, attempt: AttemptRef, code: SubmitFailure['code'], message = 'broken'): Promise<void> {
    return this.app.execute(SubmitFailure.of({ ...attempt, code, message }), { as: agent.principal });
  }

  job(jobId: string, as = client): Promise<JobView> {
    return this.app.ask(GetJob.of({ jobId }), { as });
  }

  /** Advances the clock and runs the sweep. */
  async pass(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds);
    await this.app.get(SweepJobs).sweep();
    await this.app.settled();
  }
}

function offerOf(id: string): OfferView {
  return OfferView.of({
    id,
    providerId: PROVIDER,
    walletId: uuidv7(),
    providerAddress: PROVIDER_ADDRESS,
    gpuModel: 'NVIDIA H100 SXM',
    gpuMemoryGb: 80,
    gpuCount: 1,
    region: 'eu-west',
    capabilities: ['wasm'],
    pricePerHour: 1n,
    status: 'available',
    version: 1,
    createdAt: START,
  } as OfferView);
}
