import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModulithModule, runInRequest } from '@aitbc/modulith';
import { AppConfig, Clock, configureHttp, createHttpAdapter, PlatformModule, ProbesModule } from '@aitbc/platform';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createPublicClient, createWalletClient, defineChain, http, type PrivateKeyAccount } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { BlockchainModule } from '../blockchain.module.js';
import { blockchainContract } from '../contract/index.js';
import { checkedFetch } from './checked-rpc.js';
import { BlockchainHttpModule } from '../http/blockchain-http.module.js';

export interface ChainProcessOptions {
  /** The folder of keys and database; by default a temporary one that `close` removes. */
  readonly directory?: string;
  readonly databaseUrl?: string;
  readonly environment?: Record<string, string>;
}

@Module({})
class ChainApplication {}

/** The blockchain module running alone: real database, real HTTP on a free port, viem as the client. */
export class ChainProcess {
  app: NestFastifyApplication;
  url: string;
  faucet: PrivateKeyAccount;
  readonly directory: string;
  private readonly temporary: boolean;

  private constructor(private readonly options: ChainProcessOptions) {
    this.temporary = options.directory === undefined;
    this.directory = options.directory ?? mkdtempSync(join(tmpdir(), 'chain-'));
  }

  static async start(options: ChainProcessOptions = {}): Promise<ChainProcess> {
    const process = new ChainProcess(options);
    await process.boot();
    return process;
  }

  get public() {
    return createPublicClient({
      chain: this.chain,
      transport: this.transport,
      pollingInterval: 50,
      cacheTime: 0,
    });
  }

  /** Validates every answer that viem receives against the execution API. */
  private get transport() {
    return http(`${this.url}/rpc`, { fetchFn: checkedFetch });
  }

  get wallet() {
    return createWalletClient({ chain: this.chain, transport: this.transport, account: this.faucet });
  }

  get chain(): ReturnType<typeof defineChain> {
    const rpcUrls = { default: { http: [`${this.url}/rpc`] } };
    return defineChain({
      id: 7733,
      name: 'aitbc',
      nativeCurrency: { name: 'AIT', symbol: 'AIT', decimals: 18 },
      rpcUrls,
    });
  }

  get context(): INestApplicationContext {
    return this.app;
  }

  ask<R>(query: object): Promise<R> {
    return this.app.get(QueryBus).execute<object, R>(query);
  }

  execute<R>(command: object): Promise<R> {
    return this.app.get(CommandBus).execute<object, R>(command);
  }

  async stop(): Promise<void> {
    await this.app.close();
  }

  async close(): Promise<void> {
    await this.stop();
    if (this.temporary) rmSync(this.directory, { recursive: true, force: true });
  }

  private async boot(): Promise<void> {
    const config = new AppConfig({
      NODE_ENV: 'test',
      DATA_DIR: this.directory,
      DATABASE_URL: this.options.databaseUrl,
      RATE_LIMIT_RPC: '1000000000',
      ...this.options.environment,
    });
    this.faucet = privateKeyToAccount(`0x${config.faucetKey}`);
    const kernel = ModulithModule.forRoot({
      contracts: [blockchainContract],
      hosted: ['blockchain'],
      databaseUrl: (module) => config.databaseUrlOf(module),
      secret: config.modulithSecret,
      parity: 'strict',
    });
    const imports = [
      PlatformModule.forRoot(config, new Clock()),
      ProbesModule,
      kernel,
      BlockchainModule,
      BlockchainHttpModule,
    ];
    const application = { module: ChainApplication, imports };
    this.app = await NestFactory.create<NestFastifyApplication>(application, createHttpAdapter(), {
      logger: ['error', 'fatal'],
      abortOnError: false,
    });
    configureHttp(this.app, {
      corsOrigins: config.corsOrigins,
      corsOriginsByPath: { '/rpc': config.rpcCorsOrigins },
    });
    // As the gateway does for every request.
    this.app
      .getHttpAdapter()
      .getInstance()
      .addHook('preHandler', (request, _reply, done) =>
        runInRequest({ correlationId: request.id, origin: request.ip }, done),
      );
    await this.app.listen(0, '127.0.0.1');
    this.url = await this.app.getUrl();
  }
}
