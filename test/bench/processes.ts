import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RunningProcess } from '../../src/topology/running-process.js';
import { freePort } from '../../src/topology/free-port.js';

const here = dirname(fileURLToPath(import.meta.url));
const READY_WITHIN_MS = 60_000;

/** A server in a process of its own. */
export interface Server {
  readonly url: string;
  readonly process: RunningProcess;
  /** Milliseconds from its start to the first answer that said it was ready. */
  readonly readyMs: number;
  /** The value of a metric that it exposes to Prometheus, its labels left out. @throws Error when there is none */
  metric(name: string): Promise<number>;
  stop(): Promise<void>;
}

/** The application, with all modules unless said otherwise, as `npm start` runs it, with its data in `dataDir`. */
export function startPlatform(dataDir: string, environment: NodeJS.ProcessEnv = {}): Promise<Server> {
  return startServer('the application', join(here, '../../src/main.js'), '/health/ready', {
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    ADMIN_PASSWORD: 'the administrator of this run',
    RATE_LIMIT_USER: '1000000',
    RATE_LIMIT_ADDRESS: '1000000',
    RATE_LIMIT_RPC: '1000000000',
    RATE_LIMIT_LOGIN: '1000000',
    ...environment,
  });
}

/** Another server of the benchmarks, built beside this file. */
export function startPeer(script: string, environment: NodeJS.ProcessEnv): Promise<Server> {
  return startServer(script, join(here, script), '/metrics', environment);
}

async function startServer(name: string, script: string, readyPath: string, environment: NodeJS.ProcessEnv) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  // A benchmark that is profiled is so with its servers.
  const profiling = process.execArgv.filter((each) => each.startsWith('--cpu-prof'));
  const child = spawn(process.execPath, [...profiling, script], {
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const running = new RunningProcess(child, name);
  while (!(await isReady(url + readyPath))) {
    running.assertRunning();
    if (performance.now() - started > READY_WITHIN_MS) {
      await running.stop();
      throw new Error(`${name} was not ready within ${READY_WITHIN_MS / 1_000} s.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    url,
    process: running,
    readyMs: performance.now() - started,
    metric: async (metric: string) => metricIn(await (await fetch(`${url}/metrics`)).text(), metric),
    stop: async () => void (await running.stop()),
  };
}

function isReady(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    }).on('error', () => resolve(false));
  });
}

function metricIn(exposition: string, name: string): number {
  const line = exposition.split('\n').find((each) => each.startsWith(`${name} `) || each.startsWith(`${name}{`));
  if (!line) throw new Error(`There is no metric ${name}.`);
  return Number(line.slice(line.lastIndexOf(' ')));
}
