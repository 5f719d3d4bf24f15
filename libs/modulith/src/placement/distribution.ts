import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import { StreamsClient } from '../transport/client.js';
import { StreamsLink } from '../transport/link.js';
import type { ProcessInfo } from '../transport/options.js';
import { Presence } from '../transport/presence.js';
import { StreamsServer } from '../transport/server.js';
import { MODULITH_OPTIONS, type ModulithOptions } from './options.js';

/** The service under which a module takes events, apart from its commands and queries: neither holds up the other. */
export const eventsOf = (module: string) => `${module}/events`;

/** The connection of this process with the others of the system; absent where there are none. */
export interface Connection {
  readonly link: StreamsLink;
  readonly presence: Presence;
  readonly client: StreamsClient;
  readonly server: StreamsServer;
}

/** This process among those of the system. */
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

  /** Reaches the others, without being reached. @throws SecretMismatch */
  async connect(): Promise<void> {
    if (!this.connection) return;
    const { link, client, presence } = this.connection;
    // What it held would otherwise wait until its claims have ended.
    presence.onGone((gone, how) => {
      if (how === 'left') return;
      client.resend((service) => gone.services.includes(service.replace(/\/events$/, '')));
    });
    await link.start();
    await client.start();
  }

  /** Takes requests from the others, and lets them know. */
  async serve(): Promise<void> {
    await this.connection?.server.start();
    await this.connection?.presence.start();
  }

  /** Tells the others to send nothing more here. */
  async leave(): Promise<void> {
    await this.connection?.presence.leave();
  }

  /** Finishes what is in hand. */
  async drain(): Promise<void> {
    await this.connection?.server.drain();
  }

  async disconnect(): Promise<void> {
    await this.connection?.client.stop();
    await this.connection?.link.stop();
  }

  /** The running processes, this one among them. */
  processes(): readonly ProcessInfo[] {
    return this.connection?.presence.processes() ?? [this.self];
  }

  /** The running processes that host a module. */
  hosting(module: string): readonly ProcessInfo[] {
    return this.processes().filter(({ services }) => services.includes(module));
  }
}
