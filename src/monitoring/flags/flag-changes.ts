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

/** What two states of a flag have not in common; undefined when they are the same. */
export function difference(
  before: AuditedState,
  after: AuditedState,
): { before: AuditedState; after: AuditedState } | undefined {
  const fields = Object.keys(after).filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  const of = (state: AuditedState) => Object.fromEntries(fields.map((field) => [field, state[field]]));
  return fields.length === 0 ? undefined : { before: of(before), after: of(after) };
}
