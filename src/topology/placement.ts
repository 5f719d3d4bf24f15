import { type ModuleName, MODULES } from '@aitbc/platform';

/** The modules that each process hosts, by process name. */
export type Placement = Readonly<Record<string, readonly ModuleName[]>>;

const PROCESS_NAME = /^[a-z0-9][a-z0-9-]{0,31}$/i;

/** All modules in one process. */
export const monolith: Placement = { application: MODULES };

/** One process per module. */
export const split: Placement = Object.fromEntries(MODULES.map((module) => [module, [module]]));

/** One module in its own process, all others together. */
export function outside(module: ModuleName): Placement {
  return { application: MODULES.filter((each) => each !== module), [module]: [module] };
}

/**
 * Parses `monolith`, `split`, `<module>-outside`, or JSON such as `{"front":["gateway","monitoring"],"rest":[…]}`, in
 * which a module listed in several processes has replicas.
 * @throws Error with the problem
 */
export function parsePlacement(text: string): Placement {
  if (text === 'monolith') return monolith;
  if (text === 'split') return split;
  const alone = MODULES.find((module) => text === `${module}-outside`);
  return alone ? outside(alone) : checkPlacement(parseJson(text));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      `A placement is "monolith", "split", "<module>-outside" or JSON with lists of modules by the names of processes, not "${text}".`,
    );
  }
}

function checkPlacement(value: unknown): Placement {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('A placement lists modules by the names of processes: {"front":["gateway"],"rest":["wallet", …]}.');
  }
  for (const [name, modules] of Object.entries(value)) {
    if (!PROCESS_NAME.test(name)) throw new Error(`A process is named by letters, digits and hyphens, not "${name}".`);
    if (!Array.isArray(modules) || modules.length === 0) throw new Error(`Process "${name}" needs a list of modules.`);
    const unknown = modules.find((each) => !isModule(each)) as unknown;
    if (unknown !== undefined) {
      throw new Error(
        `Process "${name}" hosts ${JSON.stringify(unknown)}, which is no module: there are ${MODULES.join(', ')}.`,
      );
    }
  }
  const placement = value as Placement;
  const missing = MODULES.filter((module) => hostsOf(placement, module).length === 0);
  if (missing.length > 0) throw new Error(`No process hosts ${missing.join(', ')}.`);
  return placement;
}

/** The names of the processes that host a module. */
export function hostsOf(placement: Placement, module: ModuleName): string[] {
  return Object.keys(placement).filter((name) => placement[name]!.includes(module));
}

const isModule = (value: unknown): value is ModuleName => (MODULES as readonly unknown[]).includes(value);
