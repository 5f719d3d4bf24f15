import { formatAmount, type ModuleName, MODULES } from '@aitbc/platform';
import { audit } from '../support/audit.js';
import { System } from '../support/system.js';
import type { Place } from '../support/system.js';
import { Names } from './names.js';
import { publishedBy, recordEvents } from './published-events.js';
import { type Protocol, runScenario } from './scenario.js';

/** What a run of the scenario came to, such that two runs that came to the same are equal. */
export interface Outcome {
  /** What was answered at each step, results and refusals alike. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** The events of each module, in their order, by their keys. */
  readonly events: Readonly<Record<string, unknown>>;
  /** The rows of every table, sorted. */
  readonly tables: Readonly<Record<string, unknown>>;
  /** What clients, databases and chain do not agree on. */
  readonly audit: readonly string[];
}

/** As the time goes: how many blocks were sealed, and what the kernel keeps for itself, as does the recording of events. */
const NOT_COMPARED = /_(nodes|blocks|balance_changes|cursors|leases|published)$/;
/** What was measured of a run, not what was done in it. */
const MEASURED = /^(\w+\.)?monitoring_(points|traces|spans|trace_subjects|alerts|alert_notifications)$/;
/** In which block something stands or in which order of keys, how long it took, what is written down now and then, and what depends on the bytes of ids and signatures. */
const VARIES =
  /^(block_number|number|blockNumber|position|sequence|(cumulative_)?gas_used|units|raw|filler|last_used_at)$/;
/** Where a request travels it may have a copy: what keeps two tries apart is the kernel's, as leases are. */
const isOfTries = (table: string, { attempt }: Record<string, unknown>) => table.endsWith('_inbox') && attempt !== null;
/** It leaves its effect to the command that it sends. Where it travels its id may come again, so its answer is recorded. */
const RECORDED_WHERE_IT_TRAVELS = 'wallet.RequestFaucet';
/** When a module last wrote, which it tries now and then to know that it may. */
const LAST_WRITTEN = 'written';
/** There are as many as there were blocks, and one may be on its way whenever one looks. */
const OF_BLOCKS = { event: 'blockchain.BlockCommitted', handler: 'FollowChain' };

export async function outcomeIn(place: Place): Promise<Outcome> {
  const system = await System.start({}, place);
  try {
    await recordEvents(system.database);
    const protocol = await runScenario(system);
    const disagreements = await audit(system);
    const names = namesIn(protocol);
    const events: Record<string, unknown> = {};
    const tables: Record<string, unknown> = {};
    for (const module of MODULES) {
      Object.assign(events, await eventsOf(system, module, names));
      Object.assign(tables, await tablesOf(system, module, names));
    }
    return { answers: answersIn(protocol, names), events, tables, audit: disagreements };
  } finally {
    await system.dispose();
  }
}

function namesIn(protocol: Protocol): Names {
  const names = new Names();
  for (const { step, answer } of protocol) names.learn(step, answer);
  return names;
}

function answersIn(protocol: Protocol, names: Names): Record<string, unknown> {
  return Object.fromEntries(
    protocol.map(({ step, status, answer }) => [step, { status, answer: names.of(comparable(answer)) }]),
  );
}

async function eventsOf({ database }: System, module: ModuleName, names: Names): Promise<Record<string, unknown>> {
  const byKey: Record<string, unknown[]> = {};
  for (const { name, key, payload } of await publishedBy(database, module)) {
    if (name === OF_BLOCKS.event) continue;
    (byKey[`${module} ${String(names.of(key))}`] ??= []).push([name, names.of(comparable(JSON.parse(payload)))]);
  }
  return byKey;
}

async function tablesOf({ database }: System, module: ModuleName, names: Names): Promise<Record<string, unknown>> {
  const tables = (await database.tablesOf(module)).filter(
    (table) => !NOT_COMPARED.test(table) && !MEASURED.test(table),
  );
  const contents = tables.map(async (table) => {
    const rows = await database.rows<Record<string, unknown>>(`SELECT * FROM ${table}`);
    const compared = rows.filter(
      (row) =>
        row['handler'] !== OF_BLOCKS.handler &&
        row['handler'] !== RECORDED_WHERE_IT_TRAVELS &&
        row['name'] !== OF_BLOCKS.event &&
        row['name'] !== LAST_WRITTEN &&
        !isOfTries(table, row),
    );
    return [table, compared.map((row) => JSON.stringify(names.of(comparable(row)))).toSorted()] as const;
  });
  return Object.fromEntries(await Promise.all(contents));
}

function comparable(value: unknown): unknown {
  if (typeof value === 'string') return /^[[{]/.test(value) ? comparable(parsed(value)) : withoutDust(value);
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const fields = Object.entries(value).filter(([field]) => !VARIES.test(field));
  return Object.fromEntries(fields.map(([field, content]) => [field, comparable(content)]));
}

/** What a text column holds, when it is JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return `text: ${text}`;
  }
}

/**
 * What gas was paid from is known to five decimals of AIT: a transaction costs a little less for every byte of an id in
 * it that is zero. What has no more than eight decimals is as people have said it, and stays as it is.
 */
function withoutDust(text: string): string {
  const stored = /^\d{78}$/.test(text) ? formatAmount(BigInt(text)) : text;
  return stored.replace(/\b\d+\.\d{9,18}\b/g, (amount) => `≈${Number(amount).toFixed(5)}`);
}
