import { MODULES, type ModuleName } from '../config/config.js';

interface DeclaredFlag {
  /** What the code does where the flag is not stored, or the flags could not be loaded. Absent: something else decides. */
  readonly fallback?: boolean;
  readonly meaning: string;
}

/** The flags that the code asks for. All are booleans; what is none of these is nobody's yet. */
const switches = {
  'registration-open': { fallback: true, meaning: 'Whether new accounts can be opened.' },
  'faucet-enabled': { fallback: true, meaning: 'Whether the faucet gives; there is none in production in any case.' },
  'maintenance-mode': {
    fallback: false,
    meaning: 'Whether changes wait: whoever is no operator reads, signs in, and finishes what is under way.',
  },
} as const satisfies Record<string, DeclaredFlag>;

export type SwitchKey = keyof typeof switches;
export type CanaryKey = `canary-${ModuleName}`;

export const canaryKey = (module: string) => `canary-${module}` as CanaryKey;

/** What each flag that the code asks for means, by its key. */
export const declaredFlags: ReadonlyMap<string, DeclaredFlag> = new Map<string, DeclaredFlag>([
  ...Object.entries(switches),
  ...MODULES.map((module): [string, DeclaredFlag] => [
    canaryKey(module),
    {
      meaning: `Whether a command of ${module} leaves a process that hosts it for another that does too; not stored, the share of PUT /v1/admin/modules/${module}/canary decides.`,
    },
  ]),
]);
