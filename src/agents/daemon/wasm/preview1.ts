import { preview1Functions, type Preview1Function } from '../../wasm/preview1-functions.js';
import { Fault, GuestMemory } from './guest-memory.js';
import { clockResolution, LogicalClock } from './logical-clock.js';
import { pollOnce } from './poll.js';
import { SeededRandom } from './seeded-random.js';
import { StandardStreams } from './standard-streams.js';

/** Ends a job that calls `proc_exit`. */
export class Exit extends Error {
  constructor(readonly exitCode: number) {
    super(`exit ${exitCode}`);
  }
}

export interface Preview1Input {
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  stdin: Uint8Array;
  /** The seed of the job's random numbers. */
  seed: Uint8Array;
  outputLimit: number;
}

export const errno = { success: 0, badf: 8, fault: 21, inval: 28, nosys: 52, spipe: 70, notcapable: 76 } as const;

type Call = (...parameters: never[]) => number | void;
const utf8 = new TextEncoder();

/**
 * WASI preview 1 for jobs: standard streams in memory, arguments and environment as given, a logical clock, seeded
 * randomness, and no access to the machine. Equal input gives equal output, so that running the job again verifies a
 * result. Functions for files and sockets answer EBADF, ENOTCAPABLE or ENOSYS.
 */
export class Preview1 {
  readonly memory = new GuestMemory();
  readonly streams: StandardStreams;
  private readonly clock = new LogicalClock();
  private readonly random: SeededRandom;
  private readonly args: Uint8Array[];
  private readonly env: Uint8Array[];

  constructor(input: Preview1Input) {
    this.streams = new StandardStreams(input.stdin, input.outputLimit);
    this.random = new SeededRandom(input.seed);
    this.args = input.args.map(zeroTerminated);
    this.env = Object.entries(input.env).map(([name, value]) => zeroTerminated(`${name}=${value}`));
  }

  /** The import object: every function of preview 1, each answering an invalid pointer with EFAULT. */
  imports(): Record<string, Call> {
    const implemented = this.functions();
    const names = Object.keys(preview1Functions) as Preview1Function[];
    return Object.fromEntries(names.map((name) => [name, answeringFaults(implemented[name] ?? absent(name))]));
  }

  private functions(): Partial<Record<Preview1Function, Call>> {
    const { memory, streams, clock, random } = this;
    return {
      args_sizes_get: (count: number, size: number) => writeSizes(memory, this.args, count, size),
      args_get: (pointers: number, buffer: number) => writeStrings(memory, this.args, pointers, buffer),
      environ_sizes_get: (count: number, size: number) => writeSizes(memory, this.env, count, size),
      environ_get: (pointers: number, buffer: number) => writeStrings(memory, this.env, pointers, buffer),
      clock_res_get: (clockId: number, result: number) => {
        if (clockId >>> 0 > 3) return errno.inval;
        memory.writeU64(result, clockResolution);
        return errno.success;
      },
      clock_time_get: (clockId: number, _precision: bigint, result: number) => {
        if (clockId >>> 0 > 3) return errno.inval;
        memory.writeU64(result, clock.read(clockId));
        return errno.success;
      },
      random_get: (buffer: number, length: number) => (random.fill(memory.bytes(buffer, length)), errno.success),
      sched_yield: () => errno.success,
      proc_exit: (exitCode: number) => {
        throw new Exit(exitCode >>> 0);
      },
      poll_oneoff: (subscriptions: number, events: number, count: number, stored: number) =>
        pollOnce(memory, clock, streams, { subscriptions, events, count: count >>> 0, stored }),
      ...this.descriptorFunctions(),
    };
  }

  private descriptorFunctions(): Partial<Record<Preview1Function, Call>> {
    const { memory, streams } = this;
    const ifOpen = (answer: number) => (descriptor: number) => (streams.isOpen(descriptor) ? answer : errno.badf);
    return {
      fd_read: (descriptor: number, vectors: number, count: number, result: number) => {
        if (!streams.isReadable(descriptor)) return errno.badf;
        let total = 0;
        for (const buffer of memory.buffers(vectors, count)) total += streams.readInto(buffer);
        memory.writeU32(result, total);
        return errno.success;
      },
      fd_write: (descriptor: number, vectors: number, count: number, result: number) => {
        if (!streams.isWritable(descriptor)) return errno.badf;
        let total = 0;
        for (const buffer of memory.buffers(vectors, count)) {
          streams.write(descriptor, buffer);
          total += buffer.length;
        }
        memory.writeU32(result, total);
        return errno.success;
      },
      fd_close: (descriptor: number) => {
        if (!streams.isOpen(descriptor)) return errno.badf;
        streams.close(descriptor);
        return errno.success;
      },
      fd_fdstat_get: (descriptor: number, result: number) => {
        if (!streams.isOpen(descriptor)) return errno.badf;
        const status = new DataView(new ArrayBuffer(24));
        status.setBigUint64(8, streams.isReadable(descriptor) ? 0x2n : 0x40n, true); // right to read, or to write
        memory.write(result, new Uint8Array(status.buffer));
        return errno.success;
      },
      fd_filestat_get: (descriptor: number, result: number) => {
        if (!streams.isOpen(descriptor)) return errno.badf;
        memory.write(result, new Uint8Array(64));
        return errno.success;
      },
      fd_fdstat_set_flags: ifOpen(errno.success),
      fd_sync: ifOpen(errno.success),
      fd_datasync: ifOpen(errno.success),
      fd_seek: ifOpen(errno.spipe),
      fd_tell: ifOpen(errno.spipe),
      fd_pread: ifOpen(errno.spipe),
      fd_pwrite: ifOpen(errno.spipe),
    };
  }
}

/** Replaces a function that needs a file, a directory or a socket. */
function absent(name: Preview1Function): Call {
  if (name.startsWith('path_')) return () => errno.notcapable;
  return () => (name.startsWith('fd_') || name.startsWith('sock_') ? errno.badf : errno.nosys);
}

function answeringFaults(call: Call): Call {
  return (...parameters) => {
    try {
      return call(...parameters);
    } catch (error) {
      if (error instanceof Fault) return errno.fault;
      throw error;
    }
  };
}

const zeroTerminated = (text: string) => utf8.encode(`${text}\0`);

function writeSizes(memory: GuestMemory, strings: readonly Uint8Array[], count: number, size: number): number {
  memory.writeU32(count, strings.length);
  memory.writeU32(
    size,
    strings.reduce((sum, text) => sum + text.length, 0),
  );
  return errno.success;
}

function writeStrings(memory: GuestMemory, strings: readonly Uint8Array[], pointers: number, buffer: number): number {
  let place = buffer >>> 0;
  for (const [index, text] of strings.entries()) {
    memory.write(place, text);
    memory.writeU32((pointers >>> 0) + index * 4, place);
    place += text.length;
  }
  return errno.success;
}
