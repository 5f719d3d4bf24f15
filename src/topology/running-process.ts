import { type ChildProcess, spawn } from 'node:child_process';

/** How much of a process's output is kept for the message when it ends. */
const KEPT_OUTPUT = 20_000;
const INSISTS_AFTER_MS = 10_000;

export interface ProcessOptions {
  /** Its whole environment, besides `PATH`. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Receives the process's whole output. */
  readonly onOutput?: (chunk: Buffer) => void;
}

/** The message contains the process's last output. */
export class ProcessEnded extends Error {
  /** One line, for callers that already show the output. */
  readonly summary: string;

  constructor(name: string, how: string, output: string) {
    const summary = `The process "${name}" ended (${how}).`;
    super(`${summary}\n${output}`);
    this.name = 'ProcessEnded';
    this.summary = summary;
  }
}

const children = new Set<ChildProcess>();
process.once('exit', () => children.forEach((child) => child.kill('SIGKILL')));
// Without a listener, a signal ends this process without 'exit', and the children, in groups of their own, would stay.
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
  ['SIGHUP', 1],
] as const) {
  process.once(signal, () => {
    if (process.listenerCount(signal) === 0) process.exit(128 + number);
  });
}

/** A child process that ends with this one. */
export class RunningProcess {
  private output = '';
  /** Rejects with the code ENOENT if the program does not exist. */
  readonly started: Promise<void>;
  /** Settles when the process has ended and all its output has arrived. */
  readonly ended: Promise<void>;

  constructor(
    readonly child: ChildProcess,
    readonly name: string,
    onOutput: (chunk: Buffer) => void = () => undefined,
  ) {
    const collect = (chunk: Buffer) => {
      this.output = (this.output + chunk.toString()).slice(-KEPT_OUTPUT);
      onOutput(chunk);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    children.add(child);
    this.started = new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    this.started.catch((error: Error) => (this.output += error.message));
    // Not 'exit': the last output may arrive after it.
    this.ended = new Promise((resolve) => child.once('close', () => resolve()));
    void this.ended.then(() => children.delete(child));
  }

  static launch(name: string, command: string, parameters: readonly string[], options: ProcessOptions = {}) {
    const child = spawn(command, parameters, {
      env: { PATH: process.env['PATH'], ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own: Ctrl-C in a terminal reaches only the parent, which stops the others in order.
      detached: true,
    });
    return new RunningProcess(child, name, options.onOutput);
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** How it ended. */
  get end(): ProcessEnded {
    const { exitCode, signalCode } = this.child;
    return new ProcessEnded(this.name, signalCode ?? `code ${exitCode}`, this.output);
  }

  /** @throws ProcessEnded if it has ended */
  assertRunning(): void {
    if (!this.isRunning) throw this.end;
  }

  /** Sends SIGTERM, then SIGKILL after ten seconds or the given time. @returns its exit code; null after SIGKILL */
  async stop(patienceMs = INSISTS_AFTER_MS): Promise<number | null> {
    this.child.kill('SIGTERM');
    const insist = setTimeout(() => this.child.kill('SIGKILL'), patienceMs);
    await this.ended;
    clearTimeout(insist);
    return this.child.exitCode;
  }

  /** Kills it without warning, like a power cut. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Suspends it: it keeps its resources and does not notice. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }
}
