import { readOptions } from './options.js';
import { runTopology } from './run-topology.js';

/** Starts a whole system of several processes for a developer, and ends it on Ctrl-C. */
const stopped = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      resolve();
      // A second signal exits at once.
      process.once(signal, () => process.exit(1));
    });
  }
});
const terminal = {
  write: (text: string) => process.stdout.write(text),
  isColoured: process.stdout.hasColors?.() ?? false,
};
try {
  await runTopology(readOptions(process.argv.slice(2), process.env), terminal, stopped);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
