import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERIES } from '../../src/monitoring/series/catalogue.js';
import { repository } from '../support/built-application.js';
import { offerGpu, type Person } from '../support/people.js';
import { ensurePrometheus, Prometheus, promtool } from '../support/prometheus.js';
import { System } from '../support/system.js';

/** In what users write, and therefore nowhere in a metric. */
const MARK = 'zanzibar';
const SCRAPED_MS = 4_000;

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('the metrics of a system with a process for each module', () => {
  let system: System;
  let prometheus: Prometheus;
  let person: Person;
  let admin: Awaited<ReturnType<System['admin']>>;

  beforeAll(async () => {
    ensurePrometheus();
    system = await System.start({}, { placement: 'split', database: 'postgres' });
    prometheus = await Prometheus.start(processes().map(({ url }) => new URL(url).host));
    admin = await system.admin();
    person = await system.person(MARK);
    await offerGpu(person);
    await pause(SCRAPED_MS);
  }, 240_000);
  afterAll(async () => {
    await prometheus?.stop();
    await system?.dispose();
  });

  const processes = () => [...system.topology.processes.values()];
  const scrape = async (url: string) => (await fetch(`${url}/metrics`)).text();
  const scrapeAll = () => Promise.all(processes().map(({ url }) => scrape(url)));

  it('are such that promtool finds nothing to say', async () => {
    for (const text of await scrapeAll()) {
      const { output } = promtool(['check', 'metrics'], text);
      expect(output.split('\n').filter((line) => line !== '' && !THEIRS.test(line))).toEqual([]);
    }
  });

  it('are scraped, from every process', async () => {
    // It begins with each at a moment of its own choice.
    const allAreUp = async () => {
      expect((await prometheus.query('up')).map(({ value }) => value)).toEqual(processes().map(() => 1));
      expect(await prometheus.query('sum(build_info)')).toMatchObject([{ value: processes().length }]);
    };
    await vi.waitFor(allAreUp, { timeout: 20_000, interval: 500 });
  });

  it('are what the series are made of: Prometheus understands every expression and comes to the same', async () => {
    for (const { promql } of SERIES) await prometheus.query(promql);
    const standing = ['outbox_depth', 'dead_letters', 'breakers_open', 'agents_online', 'jobs_queued', 'bookings_open'];
    for (const name of [
      ...standing,
      'escrow_held_ait',
      'escrow_difference_ait',
      'process_count',
      'mempool_fill_ratio',
    ]) {
      const { promql } = SERIES.find((series) => series.name === name)!;
      const same = async () => {
        const answer = await admin.get(`/v1/admin/series/${name}?resolution=10s`);
        const own = answer.as<{ points: { avg: number }[] }>(200).points.at(-1)?.avg;
        const [theirs] = await prometheus.query(promql);
        expect({ name, value: own ?? 'none yet' }).toEqual({ name, value: theirs?.value });
      };
      // What moves now and then, such as the outbox, is seen at other times by the two.
      await vi.waitFor(same, { timeout: 30_000, interval: 500 });
    }
    const { promql: requests } = SERIES.find(({ name }) => name === 'http_requests_per_second')!;
    const seen = async () => {
      (await admin.get('/v1/admin/series')).as(200);
      expect((await prometheus.query(requests))[0]?.value).toBeGreaterThan(0);
    };
    await vi.waitFor(seen, { timeout: 20_000, interval: 500 });
  }, 200_000);

  it('are all that the dashboard asks for', async () => {
    const dashboard = JSON.parse(readFileSync(join(repository, 'docs/grafana/aitbc.json'), 'utf8')) as Dashboard;
    const queries = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(queries.length).toBeGreaterThan(30);
    const exported = namesIn((await scrapeAll()).join('\n'));
    for (const query of queries) {
      await prometheus.query(query.replaceAll('$__rate_interval', '1m'));
      expect({ query, unknown: metricsIn(query).filter((name) => !exported.has(name)) }).toEqual({
        query,
        unknown: [],
      });
    }
  });

  it('have no more series after 20,000 paths, and none that a user has named', async () => {
    const gateway = system.hosting('gateway').url;
    const hostile = async (at: number) => {
      const method = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'PURGE', 'PROPFIND'][at % 7]!;
      const path = [
        `/${MARK}/${at}`,
        `/v1/${MARK}${at}`,
        `/v1/offers/${MARK}${at}?q=${MARK}`,
        `/v1/admin/series/${MARK}${at}`,
      ];
      await person.api.send(method, path[at % path.length]!).catch(() => undefined);
    };
    const series = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
    const shoot = async (from: number, to: number) => {
      for (let at = from; at < to; at += 50)
        await Promise.all(Array.from({ length: 50 }, (_, more) => hostile(at + more)));
    };
    await shoot(0, 200);
    await person.api.post('/v1/agents', { name: MARK, capabilities: ['wasm'], offerIds: [] });
    await person.api.post('/v1/auth/login', { email: `${MARK}@example.org`, password: MARK });
    await person.api.post('/rpc', { jsonrpc: '2.0', id: 1, method: MARK, params: [MARK] });
    const before = series(await scrape(gateway));
    await shoot(200, 20_200);
    // What the process did for the first time meanwhile, such as answering with another status, is a few histograms of
    // some fifteen lines each.
    expect(series(await scrape(gateway)) - before).toBeLessThan(1_000);
    for (const text of await scrapeAll()) expect(text).not.toContain(MARK);
  }, 300_000);
});

/** Metrics of Node and of prom-client itself, whose names are theirs. */
const THEIRS = /^(nodejs|process)_/;

/** Those without a sample so far included. */
function namesIn(exposition: string): Set<string> {
  const declared = [...exposition.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return new Set(
    declared.flatMap(([, name, type]) =>
      type === 'histogram' ? ['bucket', 'count', 'sum'].map((part) => `${name}_${part}`) : [name!],
    ),
  );
}

/** The names in an expression that are neither functions nor labels nor words of the language. */
function metricsIn(query: string): string[] {
  const bare = query.replaceAll(/\{[^}]*\}|\[[^\]]*\]|\b(by|without)\s*\([^)]*\)/g, ' ');
  return [...bare.matchAll(/[a-z_][\w:]*(?!\w*\s*\()/gi)].map(([name]) => name).filter((name) => name.includes('_'));
}
