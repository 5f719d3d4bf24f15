import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MODULES } from '@aitbc/platform';
import { parsePlacement, type Placement } from './placement.js';

const USAGE =
  'npm run topology -- <monolith | split | <module>-outside | file.json> [--postgres <url>] [--port <number>]';

export interface Options {
  readonly placement: Placement;
  readonly port: string;
  /** Common to all processes: the command's environment, with a separate data directory. */
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Parses the command line of `npm run topology`.
 * @throws Error with the problem and the usage
 */
export function readOptions(words: readonly string[], environment: NodeJS.ProcessEnv): Options {
  const { MODULES: _hosted, PORT: ownPort, HOST: _host, ...inherited } = environment;
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { postgres: { type: 'string' }, port: { type: 'string' } },
      allowPositionals: true,
    });
    const [where = '', ...rest] = positionals;
    if (where === '' || rest.length > 0) throw new Error('Say how the modules are placed, once.');
    const port = values.port ?? ownPort ?? '3000';
    if (!/^\d{1,5}$/.test(port)) throw new Error(`--port must be a number, not "${port}".`);
    const placement = parsePlacement(where.endsWith('.json') ? readFileSync(where, 'utf8') : where);
    const dataDir = resolve(environment['DATA_DIR'] ?? join('data', 'topology'));
    const databases = values.postgres === undefined ? databasesIn(dataDir, environment) : databasesOn(values.postgres);
    return { placement, port, environment: { ...inherited, ...databases, DATA_DIR: dataDir } };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`, { cause: error });
  }
}

const databaseVariables = MODULES.map((module) => [module, `${module.toUpperCase()}_DATABASE_URL`] as const);

/** Databases set in the environment apply; each other module gets a file. */
function databasesIn(dataDir: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (environment['DATABASE_URL'] !== undefined) return {};
  // By module rather than by process, so that the data stay in place when modules move.
  return Object.fromEntries(
    databaseVariables.map(([module, variable]) => [
      variable,
      environment[variable] ?? `sqlite:${join(dataDir, `${module}.sqlite`)}`,
    ]),
  );
}

/** The command line sets the database of all modules. */
function databasesOn(url: string): NodeJS.ProcessEnv {
  return { DATABASE_URL: url, ...Object.fromEntries(databaseVariables.map(([, variable]) => [variable, undefined])) };
}
