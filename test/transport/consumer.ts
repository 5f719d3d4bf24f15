import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { translated } from '../support/translated-tree.js';
import { CLAIM_MS, until } from './nodes.js';

/** Processes of their own that consume. */
export class Consumers {
  private readonly running = new Set<Consumer>();

  async start(url: string, takesMs = 0): Promise<Consumer> {
    const main = translated('test/transport/consumer-process.ts');
    const child = spawn(process.execPath, [main, url, String(CLAIM_MS), String(takesMs)]);
    const consumer = new Consumer(child);
    this.running.add(consumer);
    await until(() => consumer.said.includes('ready'));
    return consumer;
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.running].map((consumer) => consumer.kill()));
    this.running.clear();
  }
}

export class Consumer {
  /** What it has written, line by line. */
  readonly said: string[] = [];

  constructor(private readonly child: ChildProcess) {
    child.stdout!.on('data', (data: Buffer) => this.said.push(...data.toString().trim().split('\n')));
    child.stderr!.pipe(process.stderr);
  }

  get id(): string {
    return `consumer-${this.child.pid}`;
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
