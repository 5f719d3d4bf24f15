import { JoinedOutput } from './joined-output.js';
import type { Options } from './options.js';
import { RedisMissing, RedisServer } from './redis-server.js';
import { ProcessEnded } from './running-process.js';
import { Topology } from './topology.js';

export interface Terminal {
  write(text: string): void;
  readonly isColoured: boolean;
}

/**
 * Runs a system until `stopped` resolves, with Redis if there are several processes, and stops all of it.
 * @throws Error that names the process if one does not become ready or ends by itself
 */
export async function runTopology(options: Options, terminal: Terminal, stopped: Promise<void>): Promise<void> {
  const names = Object.keys(options.placement);
  const output = new JoinedOutput([...names, 'topology'], (text) => terminal.write(text), terminal.isColoured);
  const tell = output.of('topology');
  const say = (line: string) => tell(Buffer.from(`${line}\n`));
  const redis = await redisFor(options);
  try {
    const settings = redis ? { REDIS_URL: redis.url } : {};
    const topology = await Topology.prepare(options.placement, {
      port: options.port,
      environment: { ...options.environment, ...settings },
      outputOf: (name) => output.of(name),
    });
    const isReady = topology.start().then(() => say(welcome(topology)));
    const isBroken = isReady.then(() => firstToEnd(topology, redis));
    try {
      await Promise.race([isBroken, stopped]);
    } catch (error) {
      // Its output is already shown above, prefixed with its name.
      throw error instanceof ProcessEnded ? new Error(error.summary, { cause: error }) : error;
    } finally {
      // From here on, processes end on request.
      isBroken.catch(() => undefined);
      say('Everything is asked to end.');
      await topology.stop();
    }
  } finally {
    await redis?.stop();
  }
}

/** A private server, unless one is configured or a single process needs none. */
async function redisFor({ placement, environment }: Options): Promise<RedisServer | undefined> {
  if (environment['REDIS_URL'] || Object.keys(placement).length === 1) return undefined;
  try {
    return await RedisServer.start();
  } catch (error) {
    if (!(error instanceof RedisMissing)) throw error;
    throw new Error(`${error.message} Or name one that runs already in REDIS_URL.`, { cause: error });
  }
}

/** @throws ProcessEnded if a process ends */
async function firstToEnd(topology: Topology, redis: RedisServer | undefined): Promise<void> {
  throw await Promise.race([...topology.processes.values(), ...(redis ? [redis] : [])].map((each) => each.end()));
}

function welcome(topology: Topology): string {
  const width = Math.max(...[...topology.processes.keys()].map(({ length }) => length));
  const lines = [...topology.processes].map(
    ([name, { url, pid }]) =>
      `  ${name.padEnd(width)}  ${url}/health/ready  pid ${pid}  ${topology.placement[name]!.join(', ')}`,
  );
  return [
    'All processes are ready:',
    ...lines,
    `The API is at ${topology.url}/v1, its documents at ${topology.url}/docs.`,
  ].join('\n');
}
