import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type RunningPlatform,
  type RunningProcess,
  startAgent,
  startPlatform,
} from '../../src/demo/platform-process.js';
import { Api } from './api.js';
import { built, mustBeBuilt } from './built-application.js';
import { enter, type Person } from './people.js';
import { Told } from './told.js';

const ADMIN = { email: 'admin@example.org', password: 'the administrator of this run' };

/** All modules in one process and the agents' daemons, each as a user starts it, on data of their own. */
export class System {
  readonly told = new Told();
  readonly directory = mkdtempSync(join(tmpdir(), 'aitbc-e2e-'));
  private readonly processes = new Set<RunningProcess>();
  private platform: RunningPlatform;
  private persons = 0;

  private constructor(private readonly environment: NodeJS.ProcessEnv) {
    this.told.keepSecret(ADMIN.password);
    // A test that is stopped in the middle runs no hook.
    process.once('exit', this.endAll);
  }

  /** @throws Error when the application is not built or does not start */
  static async start(environment: NodeJS.ProcessEnv = {}): Promise<System> {
    mustBeBuilt();
    const system = new System(environment);
    try {
      await system.boot();
      await system.escrowDeployed();
    } catch (error) {
      await system.dispose();
      throw error;
    }
    return system;
  }

  get url(): string {
    return this.platform.url;
  }

  /** Somebody who has not signed in. */
  get api(): Api {
    return new Api(this.url, this.told);
  }

  get database(): string {
    return join(this.directory, 'data', 'aitbc.sqlite');
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
    const options = { ...this.launchOptions(`agent-${home}`), environment };
    return this.own(startAgent(this.url, token, join(this.directory, home), options));
  }

  /** Ends the application as a power cut does, and starts it again where it was. */
  async crashAndRestart(): Promise<void> {
    await this.platform.kill();
    await this.boot(new URL(this.url).port);
  }

  /**
   * Stops everything politely: the application while the daemons wait for its answers, then they without it.
   * @returns the exit codes and how long the application took, in milliseconds
   */
  async stop(): Promise<{ application: number | null; agents: (number | null)[]; milliseconds: number }> {
    const started = Date.now();
    const application = await this.platform.stop();
    const milliseconds = Date.now() - started;
    const agents = await Promise.all([...this.processes].filter(isRunning).map((each) => each.stop()));
    return { application, agents, milliseconds };
  }

  /** Ends what is left, whatever happened, and removes all traces. */
  async dispose(): Promise<void> {
    process.off('exit', this.endAll);
    await Promise.all([...this.processes].filter(isRunning).map((each) => each.stop()));
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

  private async boot(port?: string): Promise<void> {
    const settings = {
      LOG_LEVEL: 'info',
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      RATE_LIMIT_USER: '1000000',
      RATE_LIMIT_ADDRESS: '1000000',
      RATE_LIMIT_LOGIN: '1000000',
      ...(port ? { PORT: port } : {}),
      ...this.environment,
    };
    this.platform = await startPlatform(join(this.directory, 'data'), settings, this.launchOptions('application'));
    this.own(this.platform);
  }

  /** Bookings are refused until the escrow contract is on the chain. */
  private async escrowDeployed(): Promise<void> {
    type Overview = { summaries: { wallet?: { escrowAddress: string | null } } };
    const isThere = ({ summaries }: Overview) => typeof summaries.wallet?.escrowAddress === 'string';
    await (await this.admin()).until<Overview>('/v1/admin/overview', isThere);
  }

  private launchOptions(name: string) {
    const logFile = join(this.directory, `${name}.log`);
    return { built, onOutput: (chunk: Buffer) => appendFileSync(logFile, chunk) };
  }

  private own<P extends RunningProcess>(started: P): P {
    this.processes.add(started);
    return started;
  }

  private readonly endAll = () => {
    for (const each of this.processes) each.child.kill('SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  };
}

const isRunning = ({ child }: RunningProcess) => child.exitCode === null && child.signalCode === null;
