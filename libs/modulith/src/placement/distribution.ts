import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import { StreamsClient } from '../transport/client.js';
import { StreamsLink } from '../transport/link.js';
import type { ProcessInfo } from '../transport/options.js';
import { Presence } from '../transport/presence.js';
import { StreamsServer } from '../transport/server.js';
import { MODULITH_OPTIONS, type ModulithOptions } from './options.js';

/** The service name for a module's events. Separate from commands and queries, so that neither blocks the other. */
export const eventsOf = (module: string) => `${module}/events`;

/** This process's connection to the other processes; absent without Redis. */
export interface Connection {
  readonly link: StreamsLink;
  readonly presence: Presence;
  readonly client: StreamsClient;
  readonly server: StreamsServer;
}

/** This process as a member of the system. */
@Injectable()
export class Distribution {
  readonly self: ProcessInfo;
  readonly connection?: Connection;

  constructor(@Inject(MODULITH_OPTIONS) options: ModulithOptions) {
    this.self = {
      id: `${hostname()}-${process.pid}-${randomBytes(8).toString('hex')}`,
      services: options.hosted,
      labels: { ...options.labels, host: hostname(), pid: String(process.pid) },
      since: Date.now(),
    };
    if (!options.redisUrl) return;
    const link = new StreamsLink({
      ...options.transport,
      url: options.redisUrl,
      secret: options.secret,
      acceptedSecrets: options.acceptedSecrets,
      process: this.self,
    });
    this.connection = {
      link,
      presence: new Presence(link),
      client: new StreamsClient(link),
      server: new StreamsServer(link),
    };
  }

  /** Connects to the other processes without accepting requests yet. @throws SecretMismatch */
  async connect(): Promise<void> {
    if (!this.connection) return;
    const { link, client, presence } = this.connection;
    // Its entries would otherwise wait until its claims expire.
    presence.onGone((gone, how) => {
      if (how === 'left') return;
      client.resend((service) => gone.services.includes(service.replace(/\/events$/, '')));
    });
    await link.start();
    await client.start();
  }

  /** Accepts requests from other processes, and announces it. */
  async serve(): Promise<void> {
    await this.connection?.server.start();
    await this.connection?.presence.start();
  }

  /** Tells other processes to send no further requests. */
  async leave(): Promise<void> {
    await this.connection?.presence.leave();
  }

  /** Finishes the work in progress. */
  async drain(): Promise<void> {
    await this.connection?.server.drain();
  }

  async disconnect(): Promise<void> {
    await this.connection?.client.stop();
    await this.connection?.link.stop();
  }

  /** The running processes, including this one. */
  processes(): readonly ProcessInfo[] {
    return this.connection?.presence.processes() ?? [this.self];
  }

  /** The running processes that host a module. */
  hosting(module: string): readonly ProcessInfo[] {
    return this.processes().filter(({ services }) => services.includes(module));
  }
}
