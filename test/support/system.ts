import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModuleName } from '@aitbc/platform';
import { parsePlacement, type Placement } from '../../src/topology/placement.js';
import { type PlatformProcess, startAgent } from '../../src/topology/platform-process.js';
import type { RedisServer } from '../../src/topology/redis-server.js';
import type { RunningProcess } from '../../src/topology/running-process.js';
import { Topology } from '../../src/topology/topology.js';
import { Api } from './api.js';
import { Cable } from './cable.js';
import { built, mustBeBuilt } from './built-application.js';
import { type DatabaseKind, type Databases, onPostgres, sqliteIn } from './databases.js';
import { enter, type Person } from './people.js';
import { startRedis } from './redis-server.js';
import { Told } from './told.js';

const ADMIN = { email: 'admin@example.org', password: 'the administrator of this run' };

/** Where the modules of a system run, and on what. */
export interface Place {
  /** `monolith`, `split`, `<module>-outside`, JSON, or lists of modules by the names of processes. */
  readonly placement?: string | Placement;
  readonly database?: DatabaseKind | Databases;
  /** Whether each process has a cable of its own to Redis and to Postgres, which tests can silence. */
  readonly isCabled?: boolean;
}

export interface Cables {
  readonly redis: Cable;
  readonly postgres: Cable;
}

/** What the test run asks for: a test that names no place runs in every one of them. */
const placeOfThisRun: Required<Omit<Place, 'isCabled'>> = {
  placement: process.env['TEST_PLACEMENT'] || 'monolith',
  database: (process.env['TEST_DATABASE'] as DatabaseKind | undefined) || 'sqlite',
};

/** All processes of the application and the agents' daemons, each as a user starts it, on data of their own. */
export class System {
  readonly told = new Told();
  private readonly agents = new Set<RunningProcess>();
  private persons = 0;

  private constructor(
    readonly directory: string,
    readonly database: Databases,
    /** Only where there are several processes. */
    readonly redis: RedisServer | undefined,
    readonly topology: Topology,
    /** By the names of the processes. */
    readonly cables: ReadonlyMap<string, Cables>,
  ) {
    this.told.keepSecret(ADMIN.password);
  }

  /** @throws Error when the application is not built or does not start */
  static async start(environment: NodeJS.ProcessEnv = {}, place: Place = {}): Promise<System> {
    mustBeBuilt();
    const system = await System.prepare(environment, { ...placeOfThisRun, ...place });
    try {
      await system.topology.start();
      await system.escrowDeployed();
    } catch (error) {
      await system.dispose();
      throw error;
    }
    return system;
  }

  private static async prepare(environment: NodeJS.ProcessEnv, place: Place & typeof placeOfThisRun): Promise<System> {
    const placement = typeof place.placement === 'string' ? parsePlacement(place.placement) : place.placement;
    const hasSeveral = Object.keys(placement).length > 1;
    const directory = mkdtempSync(join(tmpdir(), 'aitbc-e2e-'));
    const database = await databasesFor(place.database, directory, hasSeveral);
    // A server of its own: its broadcasts would reach others on the same one, whatever the number of the database.
    const redis = hasSeveral ? await startRedis() : undefined;
    const cables = new Map<string, Cables>();
    const databaseUrl = database.environment['DATABASE_URL'];
    if (place.isCabled && redis && databaseUrl) {
      for (const name of Object.keys(placement)) {
        cables.set(name, { redis: await Cable.toUrl(redis.url), postgres: await Cable.toUrl(databaseUrl) });
      }
    }
    const topology = await Topology.prepare(placement, {
      built,
      outputOf: (name) => logTo(directory, name),
      environmentOf: (name) => {
        const cabled = cables.get(name);
        return cabled ? { REDIS_URL: cabled.redis.url, DATABASE_URL: cabled.postgres.through(databaseUrl!) } : {};
      },
      environment: {
        DATA_DIR: join(directory, 'data'),
        LOG_LEVEL: 'info',
        ADMIN_EMAIL: ADMIN.email,
        ADMIN_PASSWORD: ADMIN.password,
        RATE_LIMIT_USER: '1000000',
        RATE_LIMIT_ADDRESS: '1000000',
        RATE_LIMIT_RPC: '1000000000',
        RATE_LIMIT_LOGIN: '1000000',
        ...database.environment,
        ...(redis ? { REDIS_URL: redis.url } : {}),
        ...environment,
      },
    });
    return new System(directory, database, redis, topology, cables);
  }

  get url(): string {
    return this.topology.url;
  }

  /** Somebody who has not signed in. */
  get api(): Api {
    return new Api(this.url, this.told);
  }

  /** A process by its name, which tests end, pause and start again. @throws RangeError when there is none */
  process(name: string): PlatformProcess {
    return this.topology.process(name);
  }

  /** The process that hosts a module. */
  hosting(module: ModuleName): PlatformProcess {
    return this.topology.hosting(module);
  }

  async admin(): Promise<Api> {
    const { accessToken } = (await this.api.post('/v1/auth/login', ADMIN)).as<{ accessToken: string }>(200);
    return this.api.as(accessToken);
  }

  /** A new user with an unlocked wallet. */
  person(name: string): Promise<Person> {
    this.persons += 1;
    return enter(this.api, `${name}-${this.persons}`);
  }

  /** Starts a daemon; two with the same `home` are one agent before and after. */
  startAgent(token: string, home: string, environment: NodeJS.ProcessEnv = {}): RunningProcess {
    const options = { built, environment, onOutput: logTo(this.directory, `agent-${home}`) };
    const agent = startAgent(this.url, token, join(this.directory, home), options);
    this.agents.add(agent);
    return agent;
  }

  /** Ends all processes of the application as a power cut does, and starts them again where they were. */
  async crashAndRestart(): Promise<void> {
    await this.topology.kill();
    await this.topology.start();
  }

  /**
   * Stops everything politely: the application while the daemons wait for its answers, then they without it.
   * @returns the exit codes by process and how long the application took, in milliseconds
   */
  async stop(): Promise<{ application: ExitCodes; agents: (number | null)[]; milliseconds: number }> {
    const started = Date.now();
    const codes = await this.topology.stop();
    const milliseconds = Date.now() - started;
    const application = Object.fromEntries([...this.topology.processes.keys()].map((name, at) => [name, codes[at]!]));
    return { application, agents: await this.stopAgents(), milliseconds };
  }

  /** Ends what is left, whatever happened, and removes all traces. */
  async dispose(): Promise<void> {
    await Promise.all([this.topology.kill(), this.stopAgents()]);
    await Promise.all([...this.cables.values()].flatMap(({ redis, postgres }) => [redis.cut(), postgres.cut()]));
    await this.redis?.stop();
    await this.database.remove();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** The logs of all processes of this system, by name. */
  logs(): Map<string, string> {
    const names = readdirSync(this.directory).filter((name) => name.endsWith('.log'));
    return new Map(names.map((name) => [name, readFileSync(join(this.directory, name), 'utf8')]));
  }

  /** The keys that the application made for itself. */
  serverSecrets(): string[] {
    const folder = join(this.directory, 'data', 'secrets');
    return readdirSync(folder).map((name) => this.serverSecret(name));
  }

  serverSecret(name: string): string {
    return readFileSync(join(this.directory, 'data', 'secrets', name), 'utf8').trim();
  }

  /** Bookings are refused until the escrow contract is on the chain. */
  private async escrowDeployed(): Promise<void> {
    type Overview = { summaries: { wallet?: { escrowAddress: string | null } } };
    const isThere = ({ summaries }: Overview) => typeof summaries.wallet?.escrowAddress === 'string';
    await (await this.admin()).until<Overview>('/v1/admin/overview', isThere);
  }

  private stopAgents(): Promise<(number | null)[]> {
    return Promise.all([...this.agents].filter(({ isRunning }) => isRunning).map((each) => each.stop()));
  }
}

/** By the name of the process; null where one had to be killed. */
type ExitCodes = Readonly<Record<string, number | null>>;

function databasesFor(database: DatabaseKind | Databases, directory: string, hasSeveral: boolean) {
  if (database === 'postgres') return onPostgres();
  return database === 'sqlite' ? sqliteIn(join(directory, 'data'), !hasSeveral) : database;
}

function logTo(directory: string, name: string): (chunk: Buffer) => void {
  return (chunk) => appendFileSync(join(directory, `${name}.log`), chunk);
}
