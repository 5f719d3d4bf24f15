import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * Runs the end-to-end suite and the parity test in every placement on every database, and prints a table.
 * `npm run test:placements -- split postgres` runs what matches every kind of word: placements, and databases.
 */

const MODULES = ['blockchain', 'wallet', 'marketplace', 'agents', 'gateway', 'monitoring'];
const PLACEMENTS = ['monolith', 'split', ...MODULES.map((module) => `${module}-outside`)];
const DATABASES = ['sqlite', 'postgres'];

const words = process.argv.slice(2);
const unknown = words.filter((word) => ![...PLACEMENTS, ...DATABASES].includes(word));
if (unknown.length > 0) {
  process.stderr.write(`Not known: ${unknown.join(', ')}. There are ${[...PLACEMENTS, ...DATABASES].join(', ')}.\n`);
  process.exit(2);
}
const chosen = (all) => (all.some((each) => words.includes(each)) ? all.filter((each) => words.includes(each)) : all);

const folder = mkdtempSync(join(tmpdir(), 'placements-'));
const results = [];
for (const database of chosen(DATABASES)) {
  for (const placement of chosen(PLACEMENTS)) results.push(await runCell(placement, database));
}
rmSync(folder, { recursive: true, force: true });
printTable();
if (results.some(({ ok }) => !ok)) process.exitCode = 1;

async function runCell(placement, database) {
  process.stdout.write(`\n${placement} on ${database}\n`);
  const file = join(folder, `${placement}-${database}.json`);
  const started = Date.now();
  const code = await vitest(['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`], {
    TEST_PLACEMENT: placement,
    TEST_DATABASE: database,
  });
  const { passed, failed, skipped } = countsIn(file);
  const ok = code === 0 && failed === 0 && passed > 0;
  return { placement, database, passed, failed, skipped, seconds: Math.round((Date.now() - started) / 1_000), ok };
}

function vitest(parameters, environment) {
  const child = spawn(process.execPath, [join('node_modules', 'vitest', 'vitest.mjs'), ...parameters], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => child.once('close', resolve));
}

function countsIn(file) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
  } catch {
    // It ended before it had anything to report.
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

function printTable() {
  const heads = ['placement', 'database', 'passed', 'failed', 'skipped', 'seconds', ''];
  const rows = results.map(({ ok, ...row }) => [...Object.values(row).map(String), ok ? 'ok' : 'FAILED']);
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at].length)));
  const line = (cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |\n`;
  process.stdout.write(`\n${[heads, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('')}`);
}
