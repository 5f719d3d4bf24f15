import { Worker } from 'node:worker_threads';
import { runModule, type WasmRun } from './run-module.js';

/**
 * The process of a job. It serves one job and ends; the daemon kills it on timeout. A running job blocks this thread,
 * so a second thread watches whether the daemon still exists and how much memory the process uses.
 */
const watchdog = new Worker(new URL('./watchdog.js', import.meta.url), {
  workerData: { parent: process.ppid, mostBytes: Number(process.argv[2]) },
});
watchdog.unref();

process.once('message', (run: WasmRun) => {
  const outcome = runModule(run);
  process.send?.(outcome, () => process.exit(0));
});
process.once('disconnect', () => process.exit(0));
