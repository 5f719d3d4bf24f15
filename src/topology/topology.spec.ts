import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built, mustBeBuilt } from '../../test/support/built-application.js';
import { freePort } from './free-port.js';

const READY = /The API is at (http:\S+)\/v1/;

/** The command as a developer starts it. */
class Command {
  output = '';
  readonly ended: Promise<number | null>;

  constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (this.output += chunk));
    this.ended = new Promise((resolve) => child.once('close', resolve));
  }

  async shows(pattern: RegExp): Promise<RegExpExecArray> {
    for (const end = Date.now() + 60_000; Date.now() < end;) {
      const found = pattern.exec(this.output);
      if (found) return found;
      if (this.child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${pattern} was not shown but:\n${this.output}`);
  }

  /** The pid of a process that it has started. */
  async pidOf(name: string): Promise<number> {
    const [, pid] = await this.shows(new RegExp(` ${name} +http:.* pid (\\d+) `));
    return Number(pid);
  }
}

describe('npm run topology', () => {
  let folder: string;
  let commands: Command[];

  beforeAll(mustBeBuilt);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'topology-'));
    commands = [];
  });
  afterEach(async () => {
    for (const { child } of commands) child.kill('SIGTERM');
    await Promise.all(commands.map(({ ended }) => ended));
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(placement: string, environment: NodeJS.ProcessEnv = {}): Promise<Command> {
    const words = [placement, '--port', String(await freePort())];
    const child = spawn(process.execPath, [join(built, 'topology', 'main.js'), ...words], {
      env: { PATH: process.env['PATH'], DATA_DIR: folder, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const command = new Command(child);
    commands.push(command);
    return command;
  }

  it('starts every module in a process of its own, says where the API is, and ends all on Ctrl-C', async () => {
    const command = await start('split');
    const [, url] = await command.shows(READY);
    expect((await fetch(`${url}/v1/offers`)).status).toBe(401);
    for (const [, health] of command.output.matchAll(/(http:\S+\/health\/ready)/g)) {
      await fetch(health!).then(({ status }) => expect(status).toBe(200));
    }
    const lines = command.output.split('\n').filter((line) => line !== '');
    expect(
      lines.filter((line) => !/^(blockchain|wallet|marketplace|agents|gateway|monitoring|topology) +│ /.test(line)),
    ).toEqual([]);
    command.child.kill('SIGINT');
    expect(await command.ended).toBe(0);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  }, 120_000);

  it('when one of its processes dies, ends the others and says which it was', async () => {
    const command = await start('wallet-outside');
    const [, url] = await command.shows(READY);
    process.kill(await command.pidOf('wallet'), 'SIGKILL');
    expect(await command.ended).toBe(1);
    expect(command.output).toMatch(/^The process "wallet" ended \(SIGKILL\)\.$/m);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  }, 120_000);

  it('when a process does not come up, ends the others and says which it was', async () => {
    const command = await start('monolith', { LOG_LEVEL: 'loud' });
    expect(await command.ended).toBe(1);
    expect(command.output).toMatch(/^application │ .*LOG_LEVEL/m);
    expect(command.output).toMatch(/^The process "application" ended \(code 1\)\.$/m);
  }, 60_000);

  it('needs no Redis for a single process', async () => {
    const onlyNode = join(folder, 'bin');
    const command = await start('monolith', { PATH: onlyNode });
    await command.shows(READY);
    command.child.kill('SIGTERM');
    expect(await command.ended).toBe(0);
  }, 60_000);

  it('when there is no Redis for several, says in one line what to install or set', async () => {
    const command = await start('split', { PATH: join(folder, 'bin') });
    expect(await command.ended).toBe(1);
    expect(command.output).toMatch(/^There is no redis-server: install it .*REDIS_URL\.\n$/);
  }, 30_000);
});
