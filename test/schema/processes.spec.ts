import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { translated } from '../support/translated-tree.js';
import { loadDatabase, modulesWithDatabase } from '../boundaries/load-modules.js';
import { drift, tablesOf } from './module-database.js';

const TYPEORM = fileURLToPath(new URL('../../node_modules/typeorm/cli.js', import.meta.url));
const MODULES = 'blockchain, wallet, marketplace, agents, gateway, monitoring';

/** Starting a process takes a second or two where nothing else runs. */
const PATIENCE = 120_000;

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'schema-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environmentOf = (module: string, url: string) => ({
  PATH: process.env['PATH'],
  NODE_ENV: 'development',
  MODULE: module,
  DATABASE_URL: url,
  DATA_DIR: join(folder, 'data'),
});

interface Outcome {
  readonly code: number;
  readonly output: string;
}

async function typeorm(environment: NodeJS.ProcessEnv, ...words: string[]): Promise<Outcome> {
  const [command, ...rest] = words as [string, ...string[]];
  const parameters = [TYPEORM, command, '-d', translated('ormconfig.ts'), ...rest];
  const run = promisify(execFile)(process.execPath, parameters, { env: environment });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );
}

/** A process that has loaded every module and waits for the word to migrate their tables. */
async function standby(url: string) {
  const script = translated('test/schema/migrate-process.ts');
  const child: ChildProcess = spawn(process.execPath, [script, url, ...modulesWithDatabase]);
  const errors = text(child.stderr!);
  const ended = once(child, 'exit') as Promise<[number]>;
  await Promise.race([once(child.stdout!, 'data'), ended]);
  return {
    go: () => child.stdin!.write('go\n'),
    outcome: async (): Promise<Outcome> => ({ code: (await ended)[0], output: await errors }),
  };
}

describeEachDatabase('processes that start at once on an empty database', (url) => {
  it(
    'make the tables of every module once',
    async () => {
      const processes = await Promise.all([standby(url()), standby(url())]);
      for (const each of processes) each.go();
      const outcomes = await Promise.all(processes.map((each) => each.outcome()));
      expect(outcomes).toEqual(processes.map(() => ({ code: 0, output: '' })));
      for (const module of modulesWithDatabase) expect(await drift(await loadDatabase(module), url())).toEqual([]);
    },
    PATIENCE,
  );
});

describeEachDatabase('the command line of TypeORM', (url, kind) => {
  it(
    'makes the tables of the module that MODULE names, and finds no drift then',
    async () => {
      const wallet = environmentOf('wallet', url());
      expect(await typeorm(wallet, 'migration:generate', 'drift', '--check')).toMatchObject({ code: 1 });
      expect(await typeorm(wallet, 'migration:run')).toMatchObject({ code: 0 });
      const tables = await tablesOf(url());
      expect(tables).toContain(kind === 'postgres' ? 'wallet.wallet_outbox' : 'wallet_outbox');
      expect(tables.filter((each) => !/^(wallet\.)?wallet_/.test(each))).toEqual([]);
      expect(await typeorm(wallet, 'migration:generate', 'drift', '--check')).toMatchObject({ code: 0 });
    },
    PATIENCE,
  );
});

describe('the command line of TypeORM', () => {
  it(
    'when MODULE names no module, names those there are',
    async () => {
      const { code, output } = await typeorm(environmentOf('walet', 'sqlite:./never.sqlite'), 'migration:show');
      expect(code).toBe(1);
      expect(output).toContain(`MODULE names the module whose database is meant: ${MODULES}.`);
    },
    PATIENCE,
  );
});
