import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const built = join(dirname(fileURLToPath(import.meta.url)), '..');

/** A process of the system, started as a user starts it. */
export class RunningProcess {
  private output = '';
  private readonly ended: Promise<void>;

  constructor(
    readonly child: ChildProcess,
    private readonly name: string,
  ) {
    const collect = (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-20_000));
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    this.ended = new Promise((resolve) => child.once('exit', () => resolve()));
  }

  /** @throws Error with the process's last output when it has ended. */
  assertRunning(): void {
    if (this.child.exitCode !== null || this.child.signalCode !== null) {
      throw new Error(`The ${this.name} ended:\n${this.output}`);
    }
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const kill = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await this.ended;
    clearTimeout(kill);
  }
}

export interface RunningPlatform extends RunningProcess {
  readonly url: string;
}

/** Starts the application on a free port with its data in `dataDir`; resolves when it is ready. */
export async function startPlatform(dataDir: string, environment: NodeJS.ProcessEnv): Promise<RunningPlatform> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = launch('application', 'main.js', {
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    ...environment,
  });
  for (let tries = 0; tries < 300; tries++) {
    started.assertRunning();
    if (await isReady(url)) return Object.assign(started, { url });
    await new Promise((end) => setTimeout(end, 100));
  }
  await started.stop();
  throw new Error('The application was not ready within 30 s.');
}

export function startAgent(apiUrl: string, token: string, home: string): RunningProcess {
  return launch('agent daemon', 'agents/daemon/main.js', {
    AITBC_API_URL: apiUrl,
    AITBC_AGENT_TOKEN: token,
    AITBC_AGENT_HOME: home,
  });
}

function launch(name: string, script: string, environment: NodeJS.ProcessEnv): RunningProcess {
  const child = spawn(process.execPath, [join(built, script)], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new RunningProcess(child, name);
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
