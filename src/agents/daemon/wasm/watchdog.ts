import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const { parent, mostBytes } = workerData as { parent: number; mostBytes: number };

// A process that loses its parent gets another one: then nothing waits for the result any more. What compiling a module
// takes is in no heap that has a limit of its own, so the process as a whole has one.
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  if (process.memoryUsage.rss() <= mostBytes) return;
  writeSync(2, `out of memory: more than ${mostBytes} bytes resident`);
  process.kill(process.pid, 'SIGKILL');
}, 50);
