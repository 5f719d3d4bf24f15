import { declaredFlags } from '@aitbc/platform';
import { FlagConditionView, FlagPrerequisiteView, FlagRuleView, type FlagState, FlagView } from '../contract/index.js';
import { StoredFlag } from './stored-flag.entity.js';

/** The view of a stored flag, in service or archived. */
export function toFlagView(flag: StoredFlag): FlagView {
  return viewOf(flag, flag.isArchived ? 'archived' : 'stored');
}

/** The view of a flag that is used by the code but not stored, as it would be stored. */
export function toDeclaredView(key: string): FlagView {
  const flag = StoredFlag.create(key, declaredFlags.get(key)?.kind ?? 'boolean', {}, new Date(0));
  return FlagView.of({ ...viewOf(flag, 'declared'), version: 0, changedAt: null });
}

function viewOf(flag: StoredFlag, state: FlagState): FlagView {
  const { key, kind, version, changedAt, settings } = flag;
  return FlagView.of({
    ...settings,
    key,
    kind,
    state,
    isDeclared: declaredFlags.has(key),
    variants: { ...settings.variants },
    allow: [...settings.allow],
    deny: [...settings.deny],
    prerequisites: settings.prerequisites.map((each) => FlagPrerequisiteView.of({ ...each })),
    rules: settings.rules.map(({ conditions, ...rule }) =>
      FlagRuleView.of({
        ...rule,
        conditions: conditions.map((each) => FlagConditionView.of({ ...each, values: [...each.values] })),
      }),
    ),
    version,
    changedAt,
  });
}
