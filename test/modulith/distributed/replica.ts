import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { compileProcess } from '../crash/compile.js';

export interface ReplicaOptions {
  readonly hosted: readonly string[];
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly prefix: string;
}

/** Processes of their own that host some of the modules, for what only a signal can do to a process. */
export class Replicas {
  private readonly running: Replica[] = [];

  private constructor(private readonly compiled: Awaited<ReturnType<typeof compileProcess>>) {}

  static async compile(): Promise<Replicas> {
    return new Replicas(
      await compileProcess('modulith/distributed/replica-process.ts', 'modulith/sample.ts', 'modulith/errands.ts'),
    );
  }

  /** Resolves when the process serves its modules. */
  async start(options: ReplicaOptions): Promise<Replica> {
    const child = spawn(process.execPath, [this.compiled.main], { stdio: ['pipe', 'pipe', 'inherit'] });
    const replica = new Replica(child);
    this.running.push(replica);
    child.stdin!.write(`${JSON.stringify(options)}\n`);
    await vi.waitFor(() => expect(replica.said).toContain('ready'), { timeout: 60_000, interval: 20 });
    return replica;
  }

  async remove(): Promise<void> {
    await Promise.all(this.running.map((each) => each.kill()));
    await this.compiled.remove();
  }
}

export class Replica {
  /** What it has written, line by line. */
  readonly said: string[] = [];

  constructor(private readonly child: ChildProcess) {
    child.stdout!.on('data', (data: Buffer) => this.said.push(...data.toString().trim().split('\n')));
  }

  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }
}
