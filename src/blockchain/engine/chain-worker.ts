import { parentPort, workerData } from 'node:worker_threads';
import { ChainEngine } from './chain-engine.js';
import { type AnswerMessage, type CallMessage, type ExecutionOptions, toFailure } from './execution.js';
import { openNodeReader } from './node-reader.js';

// The thread that computes blocks, signatures and calls, so that the process stays responsive.
const port = parentPort!;
const { source, ...options } = workerData as ExecutionOptions;
const engine = openNodeReader(source).then(({ read }) => ChainEngine.open({ ...options, readNode: read }));

port.on('message', ({ id, call, args }: CallMessage) => {
  const answer = (message: AnswerMessage): void => port.postMessage(message);
  engine
    .then((opened) => (opened[call] as (...given: readonly unknown[]) => Promise<unknown>).apply(opened, [...args]))
    .then((value) => answer({ id, value }))
    .catch((error: unknown) => answer({ id, failure: toFailure(error) }));
});
