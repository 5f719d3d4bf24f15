import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { StreamsClient, type Reply, type Request } from '@aitbc/modulith/transport/client.js';
import { StreamsLink } from '@aitbc/modulith/transport/link.js';
import type { StreamsOptions } from '@aitbc/modulith/transport/options.js';
import { Presence } from '@aitbc/modulith/transport/presence.js';
import { StreamsServer, type Serve } from '@aitbc/modulith/transport/server.js';

/** A claim time that tests can wait for. */
export const CLAIM_MS = 1_000;

/** One process of the system, all its parts made but not started. */
export class Node {
  readonly link: StreamsLink;
  readonly client: StreamsClient;
  readonly server: StreamsServer;
  readonly presence: Presence;

  constructor(url: string, options: Partial<StreamsOptions> & { services?: string[]; id?: string } = {}) {
    const { services = [], id = randomUUID(), ...rest } = options;
    const process = { id, services, labels: {}, since: Date.now() };
    this.link = new StreamsLink({ url, secret: 'a secret', claimMs: CLAIM_MS, process, ...rest });
    this.client = new StreamsClient(this.link);
    this.server = new StreamsServer(this.link);
    this.presence = new Presence(this.link);
  }

  get id(): string {
    return this.link.options.process.id;
  }

  serve(service: string, handler: Serve, options?: { maxInFlight?: number }): this {
    this.server.serve(service, handler, options);
    return this;
  }

  async start(): Promise<this> {
    await this.link.start();
    await this.client.start();
    await this.server.start();
    return this;
  }

  /** Ends as a process should. */
  async stop(): Promise<void> {
    if (!this.link.isStopped) await this.server.drain();
    await this.client.stop();
    await this.link.stop();
  }
}

/** Starts nodes and ends them after each test. */
export function nodes(url: () => string): (options?: ConstructorParameters<typeof Node>[1]) => Node {
  const made: Node[] = [];
  afterEach(async () => {
    await Promise.all(made.splice(0).map((node) => node.stop()));
  });
  return (options) => {
    const node = new Node(url(), options);
    made.push(node);
    return node;
  };
}

export function request(name: string, body = '', options: Partial<Request> = {}): Request {
  return { id: randomUUID(), name, meta: null, body, deadline: Date.now() + 20_000, ...options };
}

export async function echo({ body }: Request): Promise<Reply> {
  return { ok: true, body };
}

/** A plain connection, to look at what is in Redis or to put something there. */
export function plainRedis(url: string): Redis {
  return new Redis(url, { maxRetriesPerRequest: 0, retryStrategy: () => null });
}

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`It did not come true within ${withinMs} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
