import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ownBuild = join(dirname(fileURLToPath(import.meta.url)), '..');
const READY_WITHIN_MS = 60_000;

/** What concerns the processes rather than what they do. */
export interface LaunchOptions {
  /** The folder with the application's JavaScript; the one that this file was built into unless given. */
  readonly built?: string;
  /** Gets all that the process prints. */
  readonly onOutput?: (chunk: Buffer) => void;
}

/** A process of the system, started as a user starts it. */
export class RunningProcess {
  private output = '';
  private readonly ended: Promise<void>;

  constructor(
    readonly child: ChildProcess,
    private readonly name: string,
    onOutput: (chunk: Buffer) => void = () => undefined,
  ) {
    const collect = (chunk: Buffer) => {
      this.output = (this.output + chunk.toString()).slice(-20_000);
      onOutput(chunk);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    // Not 'exit': what it printed last may still be on its way then.
    this.ended = new Promise((resolve) => child.once('close', () => resolve()));
  }

  /** @throws Error with the process's last output when it has ended. */
  assertRunning(): void {
    if (this.child.exitCode !== null || this.child.signalCode !== null) {
      throw new Error(`The ${this.name} ended:\n${this.output}`);
    }
  }

  /** Asks it to end, and insists after ten seconds. @returns its exit code; null when it took SIGKILL */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    const kill = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await this.ended;
    clearTimeout(kill);
    return this.child.exitCode;
  }

  /** Ends it without a warning, as a power cut does. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

export interface RunningPlatform extends RunningProcess {
  readonly url: string;
}

/** Starts the application with its data in `dataDir`, on a free port unless `PORT` is given; resolves when it is ready. */
export async function startPlatform(
  dataDir: string,
  environment: NodeJS.ProcessEnv,
  options: LaunchOptions = {},
): Promise<RunningPlatform> {
  const port = environment['PORT'] ?? String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const settings = { HOST: '127.0.0.1', DATA_DIR: dataDir, ...environment, PORT: port };
  const started = launch('application', 'main.js', settings, options);
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end;) {
    started.assertRunning();
    if (await isReady(url)) return Object.assign(started, { url });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await started.stop();
  throw new Error(`The application was not ready within ${READY_WITHIN_MS / 1000} s.`);
}

/** Starts the agent daemon with its state in `home`. */
export function startAgent(
  apiUrl: string,
  token: string,
  home: string,
  { environment = {}, ...options }: LaunchOptions & { environment?: NodeJS.ProcessEnv } = {},
): RunningProcess {
  const settings = { AITBC_API_URL: apiUrl, AITBC_AGENT_TOKEN: token, AITBC_AGENT_HOME: home, ...environment };
  return launch('agent daemon', 'agents/daemon/main.js', settings, options);
}

function launch(
  name: string,
  script: string,
  environment: NodeJS.ProcessEnv,
  { built = ownBuild, onOutput }: LaunchOptions,
): RunningProcess {
  const child = spawn(process.execPath, [join(built, script)], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new RunningProcess(child, name, onOutput);
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
