import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const { parent, mostBytes } = workerData as { parent: number; mostBytes: number };

// An orphaned process gets a new parent: its result is then not needed. Compilation memory is in no heap with a limit
// of its own, so the limit applies to the process as a whole.
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  if (process.memoryUsage.rss() <= mostBytes) return;
  writeSync(2, `out of memory: more than ${mostBytes} bytes resident`);
  process.kill(process.pid, 'SIGKILL');
}, 50);
