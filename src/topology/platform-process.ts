import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.js';
import { type ProcessEnded, type ProcessOptions, RunningProcess } from './running-process.js';

const ownBuild = join(dirname(fileURLToPath(import.meta.url)), '..');
const READY_WITHIN_MS = 90_000;

export interface PlatformOptions extends ProcessOptions {
  /** The name in output and messages. */
  readonly name?: string;
  /** The folder with the application's JavaScript; defaults to the one that this file was built into. */
  readonly built?: string;
}

/** A process of the application, which can be stopped and restarted in place. */
export class PlatformProcess {
  private running?: RunningProcess;

  private constructor(
    readonly name: string,
    readonly url: string,
    private readonly script: string,
    private readonly options: ProcessOptions,
  ) {}

  /** Chooses a port, unless the environment has a `PORT`, without starting the process. */
  static async prepare({ name = 'application', built = ownBuild, environment, onOutput }: PlatformOptions = {}) {
    const port = environment?.['PORT'] ?? String(await freePort());
    const settings = { HOST: '127.0.0.1', ...environment, PORT: port };
    const url = `http://127.0.0.1:${port}`;
    return new PlatformProcess(name, url, join(built, 'main.js'), { environment: settings, onOutput });
  }

  /** @throws Error if it does not become ready */
  static async start(options: PlatformOptions): Promise<PlatformProcess> {
    const started = await PlatformProcess.prepare(options);
    await started.start();
    return started;
  }

  get isRunning(): boolean {
    return this.running?.isRunning ?? false;
  }

  get pid(): number | undefined {
    return this.running?.child.pid;
  }

  /** Settles when it ends, for whatever reason. */
  async end(): Promise<ProcessEnded> {
    await this.running!.ended;
    return this.running!.end;
  }

  /** Resolves when it is ready. @throws Error if it ends first or exceeds the time limit */
  async start(): Promise<void> {
    const running = RunningProcess.launch(this.name, process.execPath, [this.script], this.options);
    this.running = running;
    for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end;) {
      running.assertRunning();
      if (await isReady(this.url)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await running.stop();
    throw new Error(`The process "${this.name}" was not ready within ${READY_WITHIN_MS / 1_000} s.`, {
      cause: running.end,
    });
  }

  /** Sends SIGTERM, then SIGKILL after ten seconds or the given time. @returns its exit code; null after SIGKILL */
  async stop(patienceMs?: number): Promise<number | null> {
    return (await this.running?.stop(patienceMs)) ?? null;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Kills it without warning, like a power cut. */
  async kill(): Promise<void> {
    await this.running?.kill();
  }

  /** Suspends it: it keeps its resources and does not notice. */
  pause(): void {
    this.running?.pause();
  }

  resume(): void {
    this.running?.resume();
  }
}

/** Starts the agent daemon with its state in `home`. */
export function startAgent(
  apiUrl: string,
  token: string,
  home: string,
  { built = ownBuild, environment, onOutput }: PlatformOptions = {},
): RunningProcess {
  const settings = { AITBC_API_URL: apiUrl, AITBC_AGENT_TOKEN: token, AITBC_AGENT_HOME: home, ...environment };
  const script = join(built, 'agents', 'daemon', 'main.js');
  return RunningProcess.launch('agent daemon', process.execPath, [script], { environment: settings, onOutput });
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
