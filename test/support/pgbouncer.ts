import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../../src/topology/free-port.js';

const APT = '/usr/bin/apt-get';
const PROGRAMS = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'];
const ANSWERS_WITHIN_MS = 10_000;

export interface PgBouncer {
  /** The same URL through the pooler. */
  through(url: string): string;
  stop(): Promise<void>;
}

/** A PgBouncer, installed first where that may be done; undefined where there is none. */
export async function findPgBouncer(): Promise<string | undefined> {
  const found = () => PROGRAMS.find((path) => existsSync(path));
  if (found() || process.getuid?.() !== 0 || !existsSync(APT)) return found();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = promisify(execFile);
  try {
    await run(APT, ['update'], { env });
    await run(APT, ['install', '--yes', '--no-install-recommends', 'pgbouncer'], { env });
  } catch {
    // The caller says what is missing.
  }
  return found();
}

/** Starts a PgBouncer of one's own before the server of a URL. */
export async function startPgBouncer(program: string, mode: string, url: string): Promise<PgBouncer> {
  const { hostname, port: serverPort, username, password } = new URL(url);
  const directory = mkdtempSync(join(tmpdir(), 'aitbc-pgbouncer-'));
  const port = await freePort();
  writeFileSync(join(directory, 'users.txt'), `"${username}" "${password}"\n`);
  const settings = [
    '[databases]',
    `* = host=${hostname} port=${serverPort}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = plain',
    `auth_file = ${join(directory, 'users.txt')}`,
    `pool_mode = ${mode}`,
    'default_pool_size = 40',
  ];
  writeFileSync(join(directory, 'pgbouncer.ini'), `${settings.join('\n')}\n`);
  chmodSync(directory, 0o755);
  // It refuses to run as root.
  const asUser = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn(program, [...asUser, join(directory, 'pgbouncer.ini')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    }
    rmSync(directory, { recursive: true, force: true });
  };
  for (const end = Date.now() + ANSWERS_WITHIN_MS; !(await answers(port)); await pause(50)) {
    if (child.exitCode === null && Date.now() < end) continue;
    await stop();
    throw new Error(`PgBouncer does not start: ${said}`);
  }
  return {
    through: (original) => {
      const through = new URL(original);
      through.hostname = '127.0.0.1';
      through.port = String(port);
      return through.toString();
    },
    stop,
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
