import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Assignment, AttemptRef } from '../daemon/protocol.js';

export interface Received {
  method: string;
  path: string;
  traceparent?: string;
  body: Record<string, unknown>;
}

type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** A scripted platform for the HTTP side of the agent protocol, to test a daemon in rare situations. */
export class FakePlatform {
  readonly token = 'token-of-the-agent';
  readonly agentId = '0199a3c0-0000-7000-8000-00000000000a';
  publicKey: string | null = null;
  concurrency = 1;
  jobs: Assignment[] = [];
  released: AttemptRef[] = [];
  readonly received: Received[] = [];
  /** Answers a request in place of the usual answer; undefined for the usual one. */
  interrupt: (request: Received) => Answer | 'hang' | undefined = () => undefined;
  private readonly server = createServer((request, response) => void this.serve(request, response));

  async start(port = 0): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The received outcomes, each `result` or `failure` with its body. */
  get outcomes(): Received[] {
    return this.received.filter(({ path }) => /\/(result|failure)$/.test(path));
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of incoming) text += String(chunk);
    const traceparent = incoming.headers['traceparent'];
    const request: Received = {
      method: incoming.method!,
      path: incoming.url!,
      ...(typeof traceparent === 'string' && { traceparent }),
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
    this.received.push(request);
    const authorized = incoming.headers.authorization === `Bearer ${this.token}`;
    const refusal: Answer = {
      status: 401,
      body: { code: 'gateway.unauthenticated', detail: 'The token is not valid.' },
    };
    const answer = authorized ? (this.interrupt(request) ?? this.answer(request)) : refusal;
    if (answer === 'hang') return;
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  private answer({ method, path, body }: Received): Answer {
    if (method === 'PUT') this.publicKey = body['publicKey'] as string;
    if (path === '/v1/agents/me' || method === 'PUT') return { status: 200, body: this.me() };
    if (path.endsWith('/heartbeat')) return { status: 200, body: { released: this.released } };
    if (!path.endsWith('/jobs/next')) return { status: 200, body: {} };
    const job = this.jobs.shift();
    return job ? { status: 200, body: job } : { status: 204 };
  }

  private me() {
    return { id: this.agentId, name: 'test agent', concurrency: this.concurrency, publicKey: this.publicKey };
  }
}
