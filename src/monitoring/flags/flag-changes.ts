import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { FlagsChanged } from '../contract/index.js';
import { OperatorActs } from '../operator-acts.js';
import type { FlagSettings } from './stored-flag.entity.js';

export type AuditedState = Readonly<Record<string, unknown>>;

/** A flag's state for the audit log. */
export const stateOf = (settings: FlagSettings) => JSON.parse(JSON.stringify(settings)) as AuditedState;

/** On commit of a change, records it for auditors and operators, and notifies every process. */
@Injectable()
export class FlagChanges {
  constructor(
    private readonly events: EventBus,
    private readonly acts: OperatorActs,
  ) {}

  /** The last step of a handler. */
  async record(
    key: string,
    action: 'create' | 'change' | 'archive',
    states: { before?: AuditedState; after?: AuditedState },
  ): Promise<void> {
    this.events.publish(FlagsChanged.of({}));
    await this.acts.record({ resource: `monitoring.flag ${key}`, action, ...states });
  }
}

/** Lists that are long while a change affects few of their items. */
const LISTS = new Set(['allow', 'deny']);

/**
 * The difference between two states of a flag; undefined if they are equal. Lists are reduced to the removed and the
 * added items: whole lists would soon exceed the audit log's limit.
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
