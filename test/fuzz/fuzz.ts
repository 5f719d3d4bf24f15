import { admits, type Permissions, permissions } from '../../src/gateway/http/permissions.js';
import type { Api } from '../support/api.js';
import type { DatabaseKind } from '../support/databases.js';
import { HandAgent } from '../support/hand-agent.js';
import { OpenApi } from '../support/open-api.js';
import { bookFunded, fund, offerGpu, type Person, submitWasm } from '../support/people.js';
import { System } from '../support/system.js';
import { type Attempt, attemptsOn, type Document, type Operation, type Subjects } from './attempts.js';

export interface Budget {
  /** Attempts on each operation by each role that is let in; others try one. */
  readonly attempts: number;
  /** Another number chooses others. */
  readonly seed: number;
}

interface Role {
  readonly name: string;
  readonly api: Api;
  readonly principal?: { readonly roles: string[]; readonly scopes: string[] };
}

const NOBODYS_ID = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6099';
/** More than any answer needs on a machine that does other things as well. */
const HANGS_AFTER_MS = 20_000;
const AT_ONCE = 8;

const RPC = 'POST /rpc';
/** It stands for twenty operations. */
const weightOf = (route: string) => (route === RPC ? 10 : 1);

/** They answer when there is something to say, or never end. */
const WAITING = /^(POST \/v1\/agents\/:id\/jobs\/next|GET \/v1\/(admin\/)?events)$/;
/** What ends sessions and accounts is tried by somebody who does nothing else. */
const OWN_ACCOUNT = /^(POST|PUT|PATCH|DELETE) \/v1\/(auth|me|account|users)\b/;

/** Sends what no client should to every operation of a running system, and tells what it did not take well. */
export class Fuzz {
  private constructor(
    readonly system: System,
    private readonly openApi: OpenApi,
    private readonly document: Document,
    private readonly roles: readonly Role[],
    private readonly subjects: Subjects,
    private readonly victim: Person,
  ) {}

  static async start(database: DatabaseKind): Promise<Fuzz> {
    const system = await System.start({}, { placement: 'monolith', database });
    try {
      return await Fuzz.on(system);
    } catch (error) {
      await system.dispose();
      throw error;
    }
  }

  private static async on(system: System): Promise<Fuzz> {
    const names = ['client', 'provider', 'operator', 'victim'];
    const [client, provider, clerk, victim] = await Promise.all(names.map((name) => system.person(name)));
    const admin = await system.admin();
    (await admin.put(`/v1/admin/users/${clerk!.id}/roles`, { roles: ['user', 'operator'] })).as(200);
    const { email, password } = clerk!;
    const session = (await system.api.post('/v1/auth/login', { email, password })).as<{ accessToken: string }>(200);
    await fund(client!);
    const [offer, free] = await Promise.all([offerGpu(provider!), offerGpu(provider!)]);
    const agent = await HandAgent.register(provider!, [offer.id, free.id]);
    const booking = await bookFunded(client!, offer);
    const job = (await submitWasm(client!, booking.id, 'AGFzbQEAAAABBAFgAAADAgEABwoBBl9zdGFydAAACgQBAgAL')).as<{
      id: string;
    }>(201);
    const roles: Role[] = [
      { name: 'a stranger', api: system.api },
      { name: 'a user', api: client!.api, principal: { roles: ['user'], scopes: [] } },
      { name: 'an agent', api: agent.api, principal: { roles: [], scopes: ['agent'] } },
      {
        name: 'an operator',
        api: system.api.as(session.accessToken),
        principal: { roles: ['user', 'operator'], scopes: [] },
      },
      { name: 'the administrator', api: admin, principal: { roles: ['user', 'admin'], scopes: [] } },
    ];
    const ids = {
      wallets: client!.wallet.id,
      offers: free.id,
      bookings: booking.id,
      agents: agent.id,
      jobs: job.id,
      users: victim!.id,
    };
    const real: Record<string, unknown> = {
      walletId: client!.wallet.id,
      bookingId: booking.id,
      offerIds: [offer.id],
      waitSeconds: 0,
    };
    const subjects: Subjects = {
      pathOf: (template) =>
        template
          .replace(
            /^(\/v1\/(?:admin\/)?(\w+)\/):id/,
            (_, before: string, list: string) => before + (ids[list as keyof typeof ids] ?? NOBODYS_ID),
          )
          .replace(':id', NOBODYS_ID)
          .replace(':n', '1')
          .replace(':address', client!.wallet.address)
          .replace(':hash', booking.escrow.lockTransaction!)
          .replace(':numberOrHash', '1')
          .replace(/:\w+/g, 'absent'),
      about: (example) => {
        if (typeof example !== 'object' || example === null) return example;
        return Object.fromEntries(Object.entries(example).map(([name, value]) => [name, real[name] ?? value]));
      },
    };
    const document = (await system.api.get('/openapi.json')).as<Document>(200);
    return new Fuzz(system, await OpenApi.of(system.api), document, roles, subjects, victim!);
  }

  /** @returns what went wrong, one line for each request */
  async run(budget: Budget): Promise<{ wrong: string[]; sent: number }> {
    const random = randomOf(budget.seed);
    const queue = [...this.openApi.operations].flatMap(([route, operation]) => {
      const attempts = attemptsOn(route, operation as unknown as Operation, this.openApi, this.document, this.subjects);
      return this.roles.flatMap((role) => {
        const caller = OWN_ACCOUNT.test(route) ? this.onOwnAccount(role) : role;
        if (!caller) return [];
        const isLetIn = admits(permissions[route as keyof Permissions], role.principal as never);
        const chosen = sample(attempts, (isLetIn ? budget.attempts : 1) * weightOf(route), random);
        return chosen.map((attempt) => [caller, attempt] as const);
      });
    });
    const shuffled = sample(queue, queue.length, random);
    const wrong: string[] = [];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = shuffled.pop(); next; next = shuffled.pop()) {
          const problem = await this.send(...next);
          if (problem) wrong.push(problem);
        }
      }),
    );
    return { wrong, sent: queue.length };
  }

  /** Who can no longer do what they could: then what was sent in their name showed nothing. */
  async locked(): Promise<string[]> {
    const asked = await Promise.all(
      this.roles.map(async ({ name, api, principal }) => {
        if (!principal) return [];
        const { status } = await api.get(principal.scopes.length > 0 ? '/v1/agents/me' : '/v1/auth/me');
        return status === 200 ? [] : [`${name} is answered ${status}`];
      }),
    );
    return asked.flat();
  }

  private onOwnAccount(role: Role): Role | undefined {
    if (!role.principal) return role;
    return role.name === 'a user' ? { ...role, name: 'a victim', api: this.victim.api } : undefined;
  }

  private async send({ name, api }: Role, { route, method, path, headers, raw }: Attempt): Promise<string | undefined> {
    const what = `${name}: ${method} ${path.slice(0, 200)} ${JSON.stringify(headers ?? {})} ${raw?.slice(0, 500) ?? ''}`;
    try {
      const response = await fetch(api.url + path, {
        method,
        headers: {
          ...(raw === undefined ? {} : { 'content-type': 'application/json' }),
          ...(api.token ? { authorization: `Bearer ${api.token}` } : {}),
          ...headers,
        },
        body: raw,
        signal: AbortSignal.timeout(WAITING.test(route) ? 1_000 : HANGS_AFTER_MS),
      });
      if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
        await response.body?.cancel();
        return undefined;
      }
      const text = await response.text();
      if (response.status >= 500) return `${what}\n  answered ${response.status} ${text.slice(0, 300)}`;
      if (text.length > 64 * 1024 && response.status >= 400)
        return `${what}\n  was refused in ${text.length} characters`;
      if (route === RPC && text.includes('"code":-32603')) return `${what}\n  answered ${text.slice(0, 300)}`;
      const type = response.headers.get('content-type') ?? '';
      if (response.status >= 400 && !type.startsWith('application/problem+json'))
        return `${what}\n  answered ${response.status} ${type}`;
      return undefined;
    } catch (error) {
      if (WAITING.test(route) && (error as Error).name === 'TimeoutError') return undefined;
      return `${what}\n  ${String(error)} ${String((error as Error).cause ?? '')}`;
    }
  }
}

/** Some of them in another order, the same for the same random numbers. */
function sample<T>(items: readonly T[], count: number, random: () => number): T[] {
  const left = [...items];
  const chosen: T[] = [];
  while (chosen.length < count && left.length > 0) {
    const at = Math.floor(random() * left.length);
    chosen.push(left[at]!);
    left[at] = left.at(-1)!;
    left.pop();
  }
  return chosen;
}

/** mulberry32: small, and even enough to choose by. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
