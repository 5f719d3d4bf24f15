import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { ChainReader } from './chain-reader.js';
import {
  type AnswerMessage,
  type CallMessage,
  type ReadCall,
  type ReadOptions,
  readRefusal,
  toFailure,
} from './execution.js';
import { openNodeReader } from './node-reader.js';
import { ABANDONED, answer, LOOKS } from './start-reader.js';
import { TimeLimit } from './time-limit.js';

// A thread that reads the state or runs calls, separate from the sealing thread.
const port = parentPort!;
const { genesis, source, flags: shared, inBackground } = workerData as ReadOptions;
const flags = new Int32Array(shared);
const limit = new TimeLimit();
const reader = openNodeReader(source).then(({ read }) => ChainReader.open(genesis, read, limit));
// On Linux this sets the priority of the current thread; elsewhere, of the whole process.
if (inBackground && process.platform === 'linux') setPriority(10);

function isAbandoned(): boolean {
  Atomics.add(flags, LOOKS, 1);
  return Atomics.load(flags, ABANDONED) !== 0;
}

port.on('message', ({ id, call, args, limitMs }: CallMessage<ReadCall | 'open'>) => {
  const reply = (message: AnswerMessage): void => port.postMessage(message);
  reader
    .then((opened) => {
      if (call === 'open') return undefined;
      if (limitMs !== undefined) limit.begin(limitMs, isAbandoned);
      return answer(opened, call, args);
    })
    .then((value) => reply({ id, value }))
    .catch((error: unknown) => reply({ id, failure: toFailure(readRefusal(error)) }));
});
