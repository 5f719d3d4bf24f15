import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { temporaryPostgres } from '@aitbc/modulith/testing/temporary-databases.js';
import { translated } from '../support/translated-tree.js';

/** A loop that lets nothing else run would stop the test's own process too. */
const PATIENCE_MS = 60_000;

describe('a Postgres pool that closes while a unit of work is open', () => {
  let database: Awaited<ReturnType<typeof temporaryPostgres>>;
  beforeAll(async () => void (database = await temporaryPostgres()));
  afterAll(() => database?.remove());

  it(
    'closes all the same; the unit does not commit, and its message counts as one to retry',
    async () => {
      const script = translated('test/modulith/closing-process.ts');
      const run = promisify(execFile)(process.execPath, [script, database.url], {
        timeout: PATIENCE_MS / 2,
        killSignal: 'SIGKILL',
      });
      expect((await run).stdout).toBe('closed, refused, to be tried again\n');
    },
    PATIENCE_MS,
  );
});
