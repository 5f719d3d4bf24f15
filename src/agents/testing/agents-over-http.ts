import { ModulithModule, type Principal, runInRequest } from '@aitbc/modulith';
import { temporarySqlite } from '@aitbc/modulith/testing/temporary-databases.js';
import { Clock, configureHttp, createHttpAdapter, FlagProvider, FlagsModule, MEBIBYTE } from '@aitbc/platform';
import { type CallHandler, type ExecutionContext, Global, Module, type NestInterceptor } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { v7 as uuidv7 } from 'uuid';
import { blockchainContract } from '../../blockchain/contract/index.js';
import { AgentTokenView, gatewayContract, IssueAgentToken } from '../../gateway/contract/index.js';
import {
  type BookingView,
  GetBooking,
  GetOffer,
  marketplaceContract,
  type OfferView,
} from '../../marketplace/contract/index.js';
import { CountersignatureView, CountersignReceipt, walletContract } from '../../wallet/contract/index.js';
import { AgentsModule } from '../agents.module.js';
import { agentsContract } from '../contract/index.js';
import { AgentsHttpModule } from '../http/agents-http.module.js';
import { CLIENT, CLIENT_ADDRESS, PROVIDER, PROVIDER_ADDRESS } from './agents-scenario.js';

const agentToken = 'agent:';

@Global()
@Module({ providers: [Clock], exports: [Clock] })
class ClockModule {}

/** Replaces the gateway: a user's token is the user's id, an agent's is `agent:` and its id. */
class NameYourself implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const token = headers.authorization?.replace('Bearer ', '') ?? '';
    const isAgent = token.startsWith(agentToken);
    const principal: Principal = isAgent
      ? { subject: token.slice(agentToken.length), roles: [], scopes: ['agent'] }
      : { subject: token, roles: ['user'], scopes: [] };
    return runInRequest({ principal }, () => next.handle());
  }
}

/** The agents module behind its own HTTP routes, with stubs for the modules it depends on. */
export class AgentsOverHttp {
  readonly platform = privateKeyToAccount(generatePrivateKey());
  readonly offerId = uuidv7();
  private app: NestFastifyApplication;
  private readonly database = temporarySqlite();

  static async start(): Promise<AgentsOverHttp> {
    const started = new AgentsOverHttp();
    const modulith = ModulithModule.forRoot({
      contracts: [agentsContract, marketplaceContract, walletContract, gatewayContract, blockchainContract],
      hosted: ['agents'],
      databaseUrl: () => started.database.url,
      secret: 'test',
      parity: 'strict',
      remote: {
        send: (_, message) => started.answer(message),
        deliver: () => Promise.resolve(),
        isReachable: () => true,
      },
    });
    const testing = await Test.createTestingModule({
      imports: [
        modulith,
        ClockModule,
        FlagsModule.forRoot(new FlagProvider(new Clock())),
        AgentsModule,
        AgentsHttpModule,
      ],
    }).compile();
    started.app = testing.createNestApplication<NestFastifyApplication>(createHttpAdapter(), { logger: ['error'] });
    configureHttp(started.app, { bodyLimits: { 'POST /v1/jobs': { bytes: 2 * MEBIBYTE } } });
    started.app.useGlobalInterceptors(new NameYourself());
    await started.app.listen(0, '127.0.0.1');
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.app.getHttpServer().address() as { port: number }).port}`;
  }

  async call<Answer>(method: string, path: string, as: string, body?: unknown) {
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${as}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Answer };
  }

  async close(): Promise<void> {
    await this.app.close();
    this.database.remove();
  }

  private async answer(message: object): Promise<unknown> {
    if (message instanceof GetOffer) return { id: message.offerId, providerId: PROVIDER } as OfferView;
    if (message instanceof IssueAgentToken) {
      return AgentTokenView.of({ token: agentToken + message.agentId, expiresAt: new Date() });
    }
    if (message instanceof GetBooking) return this.booking(message.bookingId);
    if (!(message instanceof CountersignReceipt)) throw new Error(`Nobody answers ${message.constructor.name}.`);
    const signature = await this.platform.signMessage({ message: { raw: message.digest as `0x${string}` } });
    return CountersignatureView.of({ signature, address: this.platform.address });
  }

  /** Every booking belongs to the client and is funded. */
  private booking(id: string): BookingView {
    return {
      id,
      offerId: this.offerId,
      clientId: CLIENT,
      providerId: PROVIDER,
      clientAddress: CLIENT_ADDRESS,
      providerAddress: PROVIDER_ADDRESS,
      status: 'funded',
      endsAt: new Date(Date.now() + 3_600_000),
    } as BookingView;
  }
}
