// npm run bench -- bus [--json] [--profile]: installs the peers, builds, and runs one benchmark. With --profile only its
// first contender runs, and it is shown where its processes spend their time.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printProfiles } from './profile.mjs';

const [name, ...rest] = process.argv.slice(2);
const benchmarks = [
  'bus',
  'codec',
  'unit-of-work',
  'events',
  'chain',
  'gas',
  'http',
  'load',
  'boot',
  'transport',
  'outbox',
  'cache',
  'overview',
  'telemetry',
];
if (!benchmarks.includes(name)) {
  console.error(`Usage: npm run bench -- <${benchmarks.join('|')}> [--json] [--profile]`);
  process.exit(2);
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

/** These compare with no peer, so they need none installed. */
const alone = ['gas'];
if (!alone.includes(name) && !existsSync('test/bench/node_modules'))
  run('npm', ['ci', '--prefix', 'test/bench', '--silent']);
run('npx', ['nest', 'build', '--path', 'tsconfig.bench.json']);
const profiles = rest.includes('--profile') ? mkdtempSync(join(tmpdir(), 'profiles-')) : undefined;
const flags = profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : [];
run(process.execPath, ['--expose-gc', ...flags, `dist-bench/test/bench/${name}.js`, ...rest]);
if (profiles) {
  printProfiles(profiles);
  rmSync(profiles, { recursive: true });
}
