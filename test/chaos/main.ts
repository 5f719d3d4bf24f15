import { cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Placement } from '../../src/topology/placement.js';
import type { Fault } from './faults.js';
import { type Options, readOptions } from './options.js';
import { startOwnPostgres } from './own-postgres.js';
import { Random } from './random.js';
import { table, together } from './report.js';
import { Stage } from './stage.js';
import { type Result, Trial } from './trial.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** The long form: every fault on a system of its own PostgreSQL, Redis and processes. @returns the exit code */
export async function main(parameters: readonly string[]): Promise<number> {
  let options: Options;
  try {
    options = readOptions(parameters);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 2;
  }
  say(
    `Seed ${options.seed}; ${options.customers} customers; ${options.seconds} s of each fault, ${options.rounds} times`,
  );
  const results: Result[] = [];
  for (let round = 0; round < options.rounds; round++) {
    for (const { placement, faults } of options.parts) {
      results.push(...(await perform(placement, faults, options, options.seed + round)));
    }
  }
  const summary = together(results);
  say(`\n${table(summary)}`);
  if (options.json) say(JSON.stringify({ seed: options.seed, results: summary }));
  return summary.every(({ problems }) => problems.length === 0) ? 0 : 1;
}

/** One system for all faults; after one that left something behind, a new one. */
async function perform(
  placement: Placement,
  faults: readonly Fault[],
  { seconds, operations, customers, keep }: Options,
  seed: number,
): Promise<Result[]> {
  const random = new Random(seed);
  const results: Result[] = [];
  let trial: Trial | undefined;
  let close: () => Promise<void> = async () => undefined;
  const waiting = [...faults];
  try {
    for (let fault = waiting[0]; fault; fault = waiting[0]) {
      const isCabled = faults.some(({ isOnCables }) => isOnCables);
      if (!trial) ({ trial, close } = await prepare(placement, customers, random, isCabled));
      const result = await trial.run([fault], seconds);
      results.push(result);
      const tried = together(results).find((each) => each.fault === result.fault)!.tried;
      if (tried >= operations) waiting.shift();
      say(table([result]).split('\n').slice(2).join('\n'));
      if (keep || result.problems.length > 0) saveLogs(trial.stage, fault);
      if (result.problems.length > 0) {
        trial = undefined;
        await close();
      }
    }
  } finally {
    await close();
  }
  return results;
}

async function prepare(placement: Placement, customers: number, random: Random, isCabled: boolean) {
  const postgres = await startOwnPostgres();
  let stage: Stage | undefined;
  const close = async () => {
    await stage?.dispose();
    await postgres.stop();
    // A second time there is nothing left to close.
    stage = undefined;
    postgres.stop = async () => undefined;
  };
  try {
    stage = await Stage.set(placement, postgres, isCabled);
    return { trial: await Trial.prepare(stage, customers, random), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function saveLogs({ system }: Stage, fault: Fault): void {
  const folder = join(tmpdir(), `chaos-${fault.name}-${process.pid}-${Date.now()}`);
  cpSync(system.directory, folder, { recursive: true, filter: (path) => !path.includes('/data/') });
  say(`  logs in ${folder}`);
}
