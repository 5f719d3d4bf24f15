import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from './random.js';
import type { Stage } from './stage.js';

/** About as long as it takes until another replica takes over what one has claimed: at 6 to 9 s. */
const ABOUT_A_TAKEOVER_MS = [5_500, 9_500] as const;

/** Longer than claims (6 s) and leases (15 s) last. */
const BEYOND_LEASES_MS = 20_000;
/** The longest that a silent connection is believed in, and a lease's renewal. */
const RECOVERY_MS = 20_000;

export interface Fault {
  readonly name: string;
  readonly what: string;
  /** Whether clients must not notice anything at all. */
  readonly isHarmless?: boolean;
  /** Whether each process must have a cable of its own to its servers. */
  readonly isOnCables?: boolean;
  /** Does it once, and undoes it; resolves when everything is up again. */
  strike(stage: Stage, random: Random): Promise<void>;
}

const killAndStart = async (stage: Stage, random: Random, name: string) => {
  await stage.kill(name);
  await pause(random.between(200, 4_000));
  await stage.start(name);
};

const stopAndContinue = async (stage: Stage, random: Random, name: string) => {
  stage.pause(name);
  await pause(BEYOND_LEASES_MS + random.between(1_000, 5_000));
  stage.resume(name);
};

const silenceAWhile = async (stage: Stage, random: Random, server: 'redis' | 'postgres') => {
  const name = random.oneOf(stage.names);
  stage.silence(name, server);
  await pause(random.between(5_000, 20_000));
  stage.speak(name, server);
  // Until the process has noticed and is back, the next strike would say nothing.
  await pause(RECOVERY_MS);
};

export const FAULTS: readonly Fault[] = [
  {
    name: 'none',
    what: 'nothing happens',
    isHarmless: true,
    strike: async () => void (await pause(1_000)),
  },
  {
    name: 'replica-kill',
    what: 'SIGKILL of a replica of wallet, marketplace, agents, blockchain',
    strike: (stage, random) => killAndStart(stage, random, random.oneOf(stage.backs)),
  },
  {
    name: 'gateway-kill',
    what: 'SIGKILL of a gateway',
    strike: (stage, random) => killAndStart(stage, random, random.oneOf(stage.gateways)),
  },
  {
    name: 'any-kill',
    what: 'SIGKILL of any process, two at once now and then',
    strike: async (stage, random) => {
      const names = stage.names.toSorted(() => random.next() - 0.5).slice(0, random.happens(0.3) ? 2 : 1);
      await Promise.all(names.map((name) => killAndStart(stage, random, name)));
    },
  },
  {
    name: 'redis-kill',
    what: 'Redis killed and started again, empty',
    strike: async ({ redis }, random) => {
      await redis.kill();
      await pause(random.between(100, 5_000));
      await redis.start();
    },
  },
  {
    name: 'redis-flush',
    what: 'FLUSHALL, many times in a row: what is on its way is there for a few milliseconds only',
    strike: async ({ redis }, random) => {
      for (let times = random.between(10, 40); times > 0; times--) {
        await redis.flush();
        await pause(random.between(0, 50));
      }
    },
  },
  {
    name: 'redis-pause',
    what: 'SIGSTOP of Redis for some seconds',
    strike: async ({ redis }, random) => {
      redis.pause();
      await pause(random.between(1_000, 9_000));
      redis.resume();
    },
  },
  {
    name: 'replica-pause',
    what: 'SIGSTOP of a replica beyond its claims and leases',
    strike: (stage, random) => stopAndContinue(stage, random, random.oneOf(stage.backs)),
  },
  {
    name: 'takeover-pause',
    what: 'SIGSTOP of a replica until another takes over what it has in hand, then of that one for a moment',
    strike: async (stage, random) => {
      const [paused, heir] = stage.twins(random.oneOf(stage.backs));
      for (let times = random.between(2, 3); times > 0; times--) {
        stage.pause(paused);
        await pause(random.between(...ABOUT_A_TAKEOVER_MS));
        stage.pause(heir);
        stage.resume(paused);
        await pause(random.between(100, 2_000));
        stage.resume(heir);
        await pause(random.between(500, 2_000));
      }
    },
  },
  {
    name: 'gateway-pause',
    what: 'SIGSTOP of a gateway beyond its claims and leases',
    strike: (stage, random) => stopAndContinue(stage, random, random.oneOf(stage.gateways)),
  },
  {
    name: 'postgres-fast',
    what: 'PostgreSQL restarted (fast)',
    strike: ({ postgres }) => postgres!.restartFast(),
  },
  {
    name: 'postgres-immediate',
    what: 'PostgreSQL restarted (immediate)',
    strike: ({ postgres }) => postgres!.restartImmediately(),
  },
  {
    name: 'postgres-silent',
    what: 'one process cut off from PostgreSQL for some seconds, with no connection closed',
    isOnCables: true,
    strike: (stage, random) => silenceAWhile(stage, random, 'postgres'),
  },
  {
    name: 'redis-partition',
    what: 'one process cut off from Redis for some seconds, with no connection closed',
    isOnCables: true,
    strike: (stage, random) => silenceAWhile(stage, random, 'redis'),
  },
  {
    name: 'rolling-restart',
    what: 'SIGTERM of every process, one after another',
    isHarmless: true,
    strike: async (stage) => {
      for (const name of stage.names) await stage.restart(name);
    },
  },
];

/** @throws RangeError that names those that there are */
export function faultNamed(name: string): Fault {
  const found = FAULTS.find((fault) => fault.name === name);
  if (!found)
    throw new RangeError(`No fault is called "${name}": there are ${FAULTS.map((each) => each.name).join(', ')}.`);
  return found;
}
