import { MODULES, type ModuleName } from '../config/config.js';
import { limitKey, limitNames, limits } from '../limits/declared-limits.js';

interface DeclaredFlag {
  readonly kind: 'boolean' | 'number';
  /** The behaviour if the flag is not stored, or the flags could not be loaded. Absent: decided elsewhere. */
  readonly fallback?: boolean | number;
  readonly meaning: string;
}

/** The switches used in the code. */
const switches = {
  'registration-open': { fallback: true, meaning: 'Whether new accounts can be opened.' },
  'faucet-enabled': { fallback: true, meaning: 'Whether the faucet gives; there is none in production in any case.' },
  'maintenance-mode': {
    fallback: false,
    meaning: 'Whether changes wait: whoever is no operator reads, signs in, and finishes what is under way.',
  },
} as const satisfies Record<string, Omit<DeclaredFlag, 'kind'>>;

export type SwitchKey = keyof typeof switches;
export type LimitKey = ReturnType<typeof limitKey>;
export type CanaryKey = `canary-${ModuleName}`;

export const canaryKey = (module: string) => `canary-${module}` as CanaryKey;

/** The meaning of each flag used in the code, by key. */
export const declaredFlags: ReadonlyMap<string, DeclaredFlag> = new Map<string, DeclaredFlag>([
  ...Object.entries(switches).map(([key, flag]): [string, DeclaredFlag] => [key, { ...flag, kind: 'boolean' }]),
  ...limitNames.map((name): [string, DeclaredFlag] => [limitKey(name), { ...limits[name], kind: 'number' }]),
  ...MODULES.map((module): [string, DeclaredFlag] => [
    canaryKey(module),
    {
      kind: 'boolean',
      meaning: `Whether a command of ${module} leaves a process that hosts it for another that does too; not stored, the share of PUT /v1/admin/modules/${module}/canary decides.`,
    },
  ]),
]);
