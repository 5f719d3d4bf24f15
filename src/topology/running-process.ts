import { type ChildProcess, spawn } from 'node:child_process';

/** Of what a process printed, so much is kept to be told when it ends. */
const KEPT_OUTPUT = 20_000;
const INSISTS_AFTER_MS = 10_000;

export interface ProcessOptions {
  /** Beside `PATH`, all that it gets of the environment. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Gets all that the process prints. */
  readonly onOutput?: (chunk: Buffer) => void;
}

/** The message has the process's last output. */
export class ProcessEnded extends Error {
  /** One line, for where the output is shown anyway. */
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
// Without a listener a signal ends this process with no 'exit', and the children, in groups of their own, would stay.
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
  ['SIGHUP', 1],
] as const) {
  process.once(signal, () => {
    if (process.listenerCount(signal) === 0) process.exit(128 + number);
  });
}

/** A process that was started by this one and ends with it. */
export class RunningProcess {
  private output = '';
  /** Rejects when there is no such program, with the code ENOENT. */
  readonly started: Promise<void>;
  /** Settles when the process has ended and all that it printed has arrived. */
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
    // Not 'exit': what it printed last may still be on its way then.
    this.ended = new Promise((resolve) => child.once('close', () => resolve()));
    void this.ended.then(() => children.delete(child));
  }

  static launch(name: string, command: string, parameters: readonly string[], options: ProcessOptions = {}) {
    const child = spawn(command, parameters, {
      env: { PATH: process.env['PATH'], ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C in a terminal is for the one who started it, who ends the others in order.
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

  /** @throws ProcessEnded when it has ended */
  assertRunning(): void {
    if (!this.isRunning) throw this.end;
  }

  /** Asks it to end, and insists after ten seconds or so many. @returns its exit code; null when it took SIGKILL */
  async stop(patienceMs = INSISTS_AFTER_MS): Promise<number | null> {
    this.child.kill('SIGTERM');
    const insist = setTimeout(() => this.child.kill('SIGKILL'), patienceMs);
    await this.ended;
    clearTimeout(insist);
    return this.child.exitCode;
  }

  /** Ends it without a warning, as a power cut does. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Takes its time away: it keeps all that it holds, and does not know. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }
}
