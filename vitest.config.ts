import { defineConfig } from 'vitest/config';

const placement = process.env['TEST_PLACEMENT'];
const database = process.env['TEST_DATABASE'] ?? 'sqlite';
const isFull = process.env['TEST_EXTENT'] === 'full';

/** What a system must do wherever its modules are. */
const inEveryPlacement = 'test/{e2e,placements}/**/*.spec.ts';
/** Of that, what `npm test` runs with every module in a process of its own; the rest is for `npm run test:placements`. */
const splitBriefly = [
  isFull ? 'test/e2e/{main-job,job-failures}.spec.ts' : 'test/e2e/main-job.spec.ts',
  // The kernel's own; the others of its tests are about one process or several in any case, or take minutes (unit-of-work).
  'test/modulith/{bounded-and-broadcast,codec,dead-letters,events,outage,outcomes,trace-and-identity}.spec.ts',
];

/** About starting processes rather than about the system, and slow: it runs once with `npm run test:placements`. */
const startingProcesses = [
  'test/support/system.spec.ts',
  'src/topology/topology.spec.ts',
  'test/operators/alone.spec.ts',
];
/** What has a command of its own, which names it as the mode. */
const suites: Readonly<Record<string, string>> = {
  // Needs a real Prometheus: `npm run test:prometheus`.
  prometheus: 'test/prometheus/**/*.spec.ts',
  // Makes things go wrong for minutes: `npm run test:alerts`.
  alerts: 'test/alerts/**/*.spec.ts',
  // All of what test/fuzz/fuzz.spec.ts samples, which takes its time: `npm run test:fuzz`.
  fuzz: 'test/fuzz/whole.spec.ts',
};
const elsewhere = ['**/node_modules/**', 'dist/**', 'test/bench/**', ...(isFull ? [] : ['**/*.full.spec.ts'])];

/** OpenTelemetry keeps the first tracer provider that a process sets: these files need a process each. */
const aboutTelemetry = [
  'libs/platform/src/telemetry/**/*.spec.ts',
  'test/{live,telemetry}/**/*.spec.ts',
  'test/modulith/{trace-and-identity,distributed/context}.spec.ts',
];
/** Unit and integration tests. They leave nothing behind, so each process loads the application once for many files. */
const beside = {
  name: 'beside',
  include: ['{src,libs}/**/*.spec.ts'],
  exclude: [...elsewhere, ...startingProcesses, ...aboutTelemetry],
  isolate: false,
};
/** Tests of whole systems. They leave nothing behind in their own process either. */
const shared = {
  name: 'monolith',
  include: ['test/**/*.spec.ts'],
  exclude: [...elsewhere, ...startingProcesses, ...Object.values(suites), ...aboutTelemetry],
  isolate: false,
};
const apart = { name: 'apart', include: aboutTelemetry, exclude: elsewhere };
const split = { name: 'split', include: splitBriefly, env: { TEST_PLACEMENT: 'split' }, isolate: false };
const asked = {
  name: `${placement} on ${database}`,
  include: placement === 'monolith' ? [inEveryPlacement, ...startingProcesses] : [inEveryPlacement],
};

const projects = placement ? [asked] : [beside, shared, apart, split];

export default defineConfig(({ mode }) => ({
  resolve: { tsconfigPaths: true },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    globals: true,
    globalSetup: ['test/support/global-setup.ts'],
    exclude: elsewhere,
    // Much of the time is spent waiting for other processes.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: (mode in suites ? [{ name: mode, include: [suites[mode]!] }] : projects).map((test) => ({
      extends: true,
      test,
    })),
  },
}));
