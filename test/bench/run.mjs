// npm run bench -- bus [--json]: installs the peers, builds, and runs one benchmark.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const [name, ...rest] = process.argv.slice(2);
const benchmarks = [
  'bus',
  'codec',
  'unit-of-work',
  'events',
  'chain',
  'http',
  'load',
  'boot',
  'transport',
  'outbox',
  'cache',
];
if (!benchmarks.includes(name)) {
  console.error(`Usage: npm run bench -- <${benchmarks.join('|')}> [--json]`);
  process.exit(2);
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync('test/bench/node_modules')) run('npm', ['ci', '--prefix', 'test/bench', '--silent']);
run('npx', ['nest', 'build', '--path', 'tsconfig.bench.json']);
run(process.execPath, ['--expose-gc', `dist-bench/test/bench/${name}.js`, ...rest]);
