import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from '../support/redis-server.js';
import { translated } from '../support/translated-tree.js';
import * as adopted from './adopted/library.modules.js';
import * as found from './library/library.modules.js';

/** A running process of the library. */
class LibraryProcess {
  private readonly lines: string[] = [];

  constructor(private readonly child: ChildProcess) {
    child.stdout!.on('data', (data: Buffer) => this.lines.push(...data.toString().trim().split('\n')));
  }

  async say(line: unknown): Promise<unknown> {
    this.child.stdin!.write(`${JSON.stringify(line)}\n`);
    await vi.waitFor(() => expect(this.lines.length).toBeGreaterThan(0), { timeout: 60_000, interval: 10 });
    const answer = this.lines.shift()!;
    return answer === 'ready' ? answer : (JSON.parse(answer) as unknown);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}

/** The files that the library had before it adopted the kernel. */
const LIBRARY = ['messages', 'book.entity', 'loan.entity', 'catalogue.handlers', 'lending.handlers', 'migrations'];

describe('a library that was written without us', { timeout: 120_000 }, () => {
  let directory: string;
  const running: LibraryProcess[] = [];

  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'library-'))));
  afterEach(() => {
    for (const each of running.splice(0)) each.kill();
    rmSync(directory, { recursive: true });
  });

  async function start(options: { hosted?: string[]; redisUrl?: string } = {}): Promise<LibraryProcess> {
    const library = new LibraryProcess(
      spawn(process.execPath, [translated('test/foreign/library-process.ts')], { stdio: ['pipe', 'pipe', 'inherit'] }),
    );
    running.push(library);
    expect(await library.say({ database: join(directory, 'library.sqlite'), ...options })).toBe('ready');
    return library;
  }

  /** What a reader does with the library, and what it answers. */
  async function visit(atTheDesk: LibraryProcess): Promise<unknown[]> {
    const answers: unknown[] = [];
    const say = async (...line: unknown[]) => void answers.push(await atTheDesk.say(line));
    await say('execute', 'AddBook', '1', 'Middlemarch');
    await say('execute', 'LendBook', '1', 'dorothea');
    await say('execute', 'LendBook', '2', 'dorothea');
    await say('execute', 'LendBook', '1', 'will');
    await say('ask', 'ListLoans', 'dorothea');
    await vi.waitFor(
      async () => expect(await atTheDesk.say(['ask', 'FindBook', '1'])).toMatchObject({ timesLent: 2 }),
      { timeout: 30_000, interval: 100 },
    );
    await say('ask', 'FindBook', '1');
    return answers;
  }

  const expected = [
    null,
    { lent: true, title: 'Middlemarch' },
    { lent: false },
    { lent: true, title: 'Middlemarch' },
    ['1'],
    { isbn: '1', title: 'Middlemarch', timesLent: 2 },
  ];

  it('works as it was found', async () => {
    expect(await visit(await start())).toEqual(expected);
  });

  it('with one import and a contract for each module, works the same in one process', async () => {
    expect(await visit(await start({ hosted: ['catalogue', 'lending'] }))).toEqual(expected);
  });

  it('with one of its modules in a process of its own, works the same from either', async () => {
    const redis = await startRedis();
    try {
      const [catalogue] = await Promise.all([
        start({ hosted: ['catalogue'], redisUrl: redis.url }),
        start({ hosted: ['lending'], redisUrl: redis.url }),
      ]);
      // Each hears of the other a moment after it is ready.
      await vi.waitFor(async () => expect(await catalogue.say(['ask', 'ListLoans', 'nobody'])).toEqual([]), {
        timeout: 30_000,
      });
      expect(await visit(catalogue)).toEqual(expected);
    } finally {
      await redis.stop();
    }
  });

  it('keeps every one of its handlers, and those know nothing of us', () => {
    const handlersOf = (module: object) => Reflect.getMetadata('providers', module) as unknown;
    expect(handlersOf(adopted.CatalogueModule)).toBe(handlersOf(found.CatalogueModule));
    expect(handlersOf(adopted.LendingModule)).toBe(handlersOf(found.LendingModule));
    for (const module of [adopted.CatalogueModule, adopted.LendingModule]) {
      expect(Reflect.getMetadata('imports', module)).toHaveLength(1);
    }
    for (const name of LIBRARY) {
      expect(readFileSync(new URL(`./library/${name}.ts`, import.meta.url), 'utf8')).not.toContain('modulith');
    }
  });
});
