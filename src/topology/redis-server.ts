import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { type ProcessEnded, RunningProcess } from './running-process.js';

const ANSWERS_WITHIN_MS = 10_000;

/** The message is one line that names the remedy. */
export class RedisMissing extends Error {
  constructor() {
    super('There is no redis-server: install it (Debian: apt-get install redis-server; macOS: brew install redis).');
    this.name = 'RedisMissing';
  }
}

/** A private Redis server on a free local port. It persists nothing: stopping it loses all data. */
export class RedisServer {
  private running: RunningProcess;

  private constructor(
    readonly port: number,
    private readonly directory: string,
  ) {}

  /** @throws RedisMissing if the program is not installed */
  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), mkdtempSync(join(tmpdir(), 'aitbc-redis-')));
    try {
      await server.start();
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get isRunning(): boolean {
    return this.running?.isRunning ?? false;
  }

  /** Settles when it ends, for whatever reason. */
  async end(): Promise<ProcessEnded> {
    await this.running.ended;
    return this.running.end;
  }

  /** Restarts it on the same port, empty. Resolves when it answers. */
  async start(): Promise<void> {
    const settings = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const parameters = [...settings, '--dir', this.directory, '--loglevel', 'warning'];
    mkdirSync(this.directory, { recursive: true });
    this.running = RunningProcess.launch('redis', 'redis-server', parameters);
    await this.running.started.catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new RedisMissing() : error;
    });
    for (const end = Date.now() + ANSWERS_WITHIN_MS; Date.now() < end;) {
      this.running.assertRunning();
      // It refuses connections until it listens.
      if ((await this.say('PING').catch(() => '')) === '+PONG') return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`Redis did not answer on port ${this.port} within ${ANSWERS_WITHIN_MS / 1_000} s.`);
  }

  /** Stops it and removes its folder. */
  async stop(): Promise<void> {
    if (this.isRunning) {
      this.running.resume();
      await this.running.stop();
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Kills it without warning. {@link start} restarts it. */
  async kill(): Promise<void> {
    await this.running.kill();
  }

  /** Suspends it: connections stay open without answers. */
  pause(): void {
    this.running.pause();
  }

  resume(): void {
    this.running.resume();
  }

  /** Deletes all its data. */
  async flush(): Promise<void> {
    const answer = await this.say('FLUSHALL');
    if (answer !== '+OK') throw new Error(`Redis answered FLUSHALL with "${answer}".`);
  }

  /** Sends a command without arguments. @returns the first line of the reply, with its type prefix */
  private say(command: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.port, '127.0.0.1', () => socket.write(`${command}\r\n`));
      socket.setTimeout(ANSWERS_WITHIN_MS, () => socket.destroy(new Error('Redis does not answer.')));
      socket.once('error', reject);
      socket.once('data', (answer) => {
        socket.destroy();
        resolve(answer.toString().split('\r\n', 1)[0]!);
      });
    });
  }
}
