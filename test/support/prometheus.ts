import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/topology/free-port.js';

const READY_WITHIN_MS = 30_000;

/** The message is one line that says what to do. */
export class PrometheusMissing extends Error {
  constructor() {
    super('There is no prometheus or promtool: install Debian’s package with `apt-get install prometheus`.');
    this.name = 'PrometheusMissing';
  }
}

/** Makes sure that `prometheus` and `promtool` are there, installing Debian's package where that is possible. */
export function ensurePrometheus(): void {
  if (isInstalled()) return;
  if (process.getuid?.() === 0) {
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'prometheus']]) {
      spawnSync('apt-get', args, { env: environment, stdio: 'ignore' });
    }
  }
  if (!isInstalled()) throw new PrometheusMissing();
}

const isInstalled = () => ['prometheus', 'promtool'].every((tool) => spawnSync(tool, ['--version']).status === 0);

export interface ToolOutput {
  readonly code: number | null;
  /** What it said, of both outputs. */
  readonly output: string;
}

export function promtool(args: readonly string[], input?: string): ToolOutput {
  const { status, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8' });
  return { code: status, output: `${stdout}${stderr}` };
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A real Prometheus that scrapes some processes every second, with its data in a temporary folder. */
export class Prometheus {
  private constructor(
    private readonly url: string,
    private readonly end: () => Promise<void>,
  ) {}

  /** @param targets hosts and ports */
  static async start(targets: readonly string[]): Promise<Prometheus> {
    ensurePrometheus();
    const directory = mkdtempSync(join(tmpdir(), 'aitbc-prometheus-'));
    const port = await freePort();
    const configuration = {
      global: { scrape_interval: '1s' },
      scrape_configs: [{ job_name: 'aitbc', static_configs: [{ targets }] }],
    };
    // JSON is YAML.
    writeFileSync(join(directory, 'prometheus.yml'), JSON.stringify(configuration));
    const child = spawn(
      'prometheus',
      [
        `--config.file=${join(directory, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(directory, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: 'ignore' },
    );
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const prometheus = new Prometheus(`http://127.0.0.1:${port}`, async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    });
    try {
      await prometheus.ready();
      return prometheus;
    } catch (error) {
      await prometheus.stop();
      throw error;
    }
  }

  /** What an expression is now. @throws Error with Prometheus' own words when it does not understand it */
  async query(expression: string): Promise<Sample[]> {
    const answer = await fetch(`${this.url}/api/v1/query?${new URLSearchParams({ query: expression }).toString()}`);
    const body = (await answer.json()) as {
      error?: string;
      data?: { result: { metric: Record<string, string>; value: [number, string] }[] };
    };
    if (!body.data) throw new Error(`"${expression}": ${body.error}`);
    return body.data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  }

  stop(): Promise<void> {
    return this.end();
  }

  private async ready(): Promise<void> {
    const end = Date.now() + READY_WITHIN_MS;
    for (;;) {
      const answer = await fetch(`${this.url}/-/ready`).catch(() => undefined);
      if (answer?.ok) return;
      if (Date.now() > end) throw new Error(`Prometheus was not ready within ${READY_WITHIN_MS / 1_000} s.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
