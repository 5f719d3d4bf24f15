import { spawn } from 'node:child_process';

/*
 * Runs every test there is, at length, and prints a table. `npm run test:full -- chaos` runs what is named.
 * Each is an npm script of its own.
 */

const COMMANDS = ['test', 'test:placements', 'test:fuzz', 'test:prometheus', 'test:alerts', 'chaos'];

const words = process.argv.slice(2);
const unknown = words.filter((word) => !COMMANDS.includes(word));
if (unknown.length > 0) {
  process.stderr.write(`Not known: ${unknown.join(', ')}. There are ${COMMANDS.join(', ')}.\n`);
  process.exit(2);
}

const results = [];
for (const command of words.length > 0 ? words : COMMANDS) results.push(await run(command));
process.stdout.write('\n');
for (const { command, minutes, code } of results) {
  process.stdout.write(
    `${command.padEnd(16)} ${minutes.toFixed(1).padStart(6)} min  ${code === 0 ? 'ok' : 'FAILED'}\n`,
  );
}
if (results.some(({ code }) => code !== 0)) process.exitCode = 1;

function run(command) {
  process.stdout.write(`\nnpm run ${command}\n`);
  const started = Date.now();
  const child = spawn('npm', ['run', '--silent', command], {
    env: { ...process.env, TEST_EXTENT: 'full' },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ command, code, minutes: (Date.now() - started) / 60_000 }));
  });
}
