import type { Flag } from '../flags/flag.js';

/** A boolean flag that serves `off` by default. */
export function switchFlag(key: string, changes: Partial<Flag> = {}): Flag {
  return {
    key,
    kind: 'boolean',
    variants: { on: true, off: false },
    enabled: true,
    offVariant: 'off',
    defaultVariant: 'off',
    allow: [],
    allowVariant: null,
    deny: [],
    startsAt: null,
    endsAt: null,
    prerequisites: [],
    rules: [],
    salt: '',
    version: 1,
    ...changes,
  };
}
