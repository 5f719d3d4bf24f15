import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { translated } from '../../support/translated-tree.js';

export interface ReplicaOptions {
  readonly hosted: readonly string[];
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly prefix: string;
}

/** Processes of their own that host some of the modules, for what only a signal can do to a process. */
export class Replicas {
  private readonly running: Replica[] = [];

  /** Resolves when the process serves its modules. */
  async start(options: ReplicaOptions): Promise<Replica> {
    const child = spawn(process.execPath, [translated('test/modulith/distributed/replica-process.ts')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const replica = new Replica(child);
    this.running.push(replica);
    child.stdin!.write(`${JSON.stringify(options)}\n`);
    await vi.waitFor(() => expect(replica.said).toContain('ready'), { timeout: 60_000, interval: 20 });
    return replica;
  }

  async killAll(): Promise<void> {
    await Promise.all(this.running.map((each) => each.kill()));
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
