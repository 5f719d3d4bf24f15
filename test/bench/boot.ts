import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, report, summary } from './measure.js';
import { startPlatform } from './processes.js';

/* From the start of the process to the first "ready", with a database that an earlier start has made; then what it holds in memory. */

const STARTS = 7;
const IDLE_AFTER_MS = 5_000;
const MEBIBYTE = 2 ** 20;

const directory = mkdtempSync(join(tmpdir(), 'aitbc-bench-'));
try {
  const first = await startPlatform(directory);
  // The first start also deploys the escrow contract.
  await new Promise((resolve) => setTimeout(resolve, IDLE_AFTER_MS));
  await first.stop();
  const boots: number[] = [];
  const memory: number[] = [];
  for (let at = 0; at < STARTS; at++) {
    const server = await startPlatform(directory);
    boots.push(server.readyMs);
    await new Promise((resolve) => setTimeout(resolve, IDLE_AFTER_MS));
    memory.push((await server.metric('process_resident_memory_bytes')) / MEBIBYTE);
    await server.stop();
  }
  report(
    'The application with all modules in one process, SQLite',
    [
      summary('first boot to ready, empty database', [first.readyMs], 'ms'),
      summary('boot to ready, warm database (target 2,500)', boots, 'ms'),
      summary('resident memory, 5 s after ready (target 250)', memory, 'MiB'),
    ],
    {
      'boot to ready / 2.5 s (target at most 1)': median(boots) / 2_500,
      'resident memory / 250 MiB (target at most 1)': median(memory) / 250,
    },
  );
} finally {
  rmSync(directory, { recursive: true, force: true });
}
