import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { REPOSITORY } from '../boundaries/source-tree.js';

const LINTERS = {
  redocly: { command: 'lint', config: ['--config', 'docs/redocly.yaml', '--format', 'json'] },
  spectral: { command: 'lint', config: ['--ruleset', 'docs/spectral.yaml', '--format', 'json', '--quiet'] },
};
// Neither may ask for anything from the network.
const OFFLINE = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
const PATIENCE_MS = 240_000;

type Linter = keyof typeof LINTERS;

function problemsOf(linter: Linter, file: string): string[] {
  const { command, config } = LINTERS[linter];
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(REPOSITORY, 'node_modules', '.bin', linter), command, file, ...config],
    { cwd: REPOSITORY, encoding: 'utf8', env: { ...process.env, ...OFFLINE }, maxBuffer: 64 * 1024 * 1024 },
  );
  const start = stdout.search(/^[[{]/m);
  if (start < 0) throw new Error(`${linter} ended with ${status}: ${stderr}`);
  const found = JSON.parse(stdout.slice(start)) as RedoclyReport | SpectralProblem[];
  if (Array.isArray(found)) return found.map(({ code, message, path }) => `${code}: ${message} ${path.join('.')}`);
  return found.problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`);
}

interface RedoclyReport {
  readonly problems: { ruleId: string; message: string; location: { pointer?: string }[] }[];
}

interface SpectralProblem {
  readonly code: string;
  readonly message: string;
  readonly path: string[];
}

describe.each(Object.keys(LINTERS) as Linter[])('docs/openapi.json, by the recommended rules of %s', (linter) => {
  it(
    'has no fault',
    () => {
      expect(problemsOf(linter, 'docs/openapi.json')).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'has a fault without a server',
    () => {
      const directory = mkdtempSync(join(tmpdir(), 'open-api-'));
      onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
      const text = readFileSync(join(REPOSITORY, 'docs/openapi.json'), 'utf8');
      const file = join(directory, 'openapi.json');
      // Without its operations it is read in no time.
      const document = { ...(JSON.parse(text) as object), paths: {}, components: {}, servers: undefined };
      writeFileSync(file, JSON.stringify(document));
      expect(problemsOf(linter, file).join('\n')).toMatch(/servers/i);
    },
    PATIENCE_MS,
  );
});
