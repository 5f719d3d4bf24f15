import { workerData } from 'node:worker_threads';

const { parent } = workerData as { parent: number };

// A process that loses its parent gets another one: then nobody waits for the result any more.
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, 500);
