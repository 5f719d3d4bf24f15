import { Worker } from 'node:worker_threads';
import { runModule, type WasmRun } from './run-module.js';

/**
 * The process that a job runs in. It serves one job and ends; the daemon kills it when the job takes too long.
 * While a job runs this thread answers to nothing, so a second thread watches whether the daemon is still there and how
 * much memory the process has.
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
