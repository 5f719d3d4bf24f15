import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { FlagsChanged } from '../contract/index.js';
import { OperatorActs } from '../operator-acts.js';
import type { FlagSettings } from './stored-flag.entity.js';

export type AuditedState = Readonly<Record<string, unknown>>;

/** What of a flag goes into the audit log. */
export const stateOf = (settings: FlagSettings) => JSON.parse(JSON.stringify(settings)) as AuditedState;

/** Tells, with the commit of a change, auditors and operators what it was and every process that it happened. */
@Injectable()
export class FlagChanges {
  constructor(
    private readonly events: EventBus,
    private readonly acts: OperatorActs,
  ) {}

  /** As the last thing in a handler. */
  async record(
    key: string,
    action: 'create' | 'change' | 'archive',
    states: { before?: AuditedState; after?: AuditedState },
  ): Promise<void> {
    this.events.publish(FlagsChanged.of({}));
    await this.acts.record({ resource: `monitoring.flag ${key}`, action, ...states });
  }
}

/** Long lists of which a change touches little. */
const LISTS = new Set(['allow', 'deny']);

/**
 * What two states of a flag have not in common; undefined when they are the same. Of a list only what was removed and
 * what was added: whole, it would soon be too large for the audit log.
 */
export function difference(
  before: AuditedState,
  after: AuditedState,
): { before: AuditedState; after: AuditedState } | undefined {
  const fields = Object.keys(after).filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  if (fields.length === 0) return undefined;
  const of = (state: AuditedState, other: AuditedState, kept: string) =>
    Object.fromEntries(
      fields.map((field) => [
        field,
        LISTS.has(field) ? { [kept]: without(state[field] as string[], other[field] as string[]) } : state[field],
      ]),
    );
  return { before: of(before, after, 'removed'), after: of(after, before, 'added') };
}

function without(list: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return list.filter((each) => !known.has(each));
}
