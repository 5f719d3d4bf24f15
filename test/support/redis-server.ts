import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { RedisMissing, RedisServer } from '../../src/topology/redis-server.js';

const APT = '/usr/bin/apt-get';

/**
 * Starts a Redis server of one's own, on a free port and with nothing on disk, and installs it first where that may be done.
 * @throws RedisMissing that says in one line what to install
 */
export async function startRedis(install: () => Promise<void> = installRedis): Promise<RedisServer> {
  try {
    return await RedisServer.start();
  } catch (error) {
    if (!(error instanceof RedisMissing)) throw error;
    await install();
    return RedisServer.start();
  }
}

/** On Debian and as root; elsewhere it leaves things as they are. */
async function installRedis(): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync(APT)) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = promisify(execFile);
  try {
    await run(APT, ['update'], { env });
    await run(APT, ['install', '--yes', '--no-install-recommends', 'redis-server'], { env });
  } catch {
    // What is missing is said by whoever looks for it next.
  }
}
