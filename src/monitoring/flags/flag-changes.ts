import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { FlagsChanged, MonitoringAudited } from '../contract/index.js';
import type { FlagSettings } from './stored-flag.entity.js';

export type AuditedState = Readonly<Record<string, unknown>>;

/** What of a flag goes into the audit log. */
export const stateOf = (settings: FlagSettings) => JSON.parse(JSON.stringify(settings)) as AuditedState;

/** Tells, with the commit of a change, the auditors what it was and every process that it happened. */
@Injectable()
export class FlagChanges {
  constructor(private readonly events: EventBus) {}

  publish(
    key: string,
    action: 'create' | 'change' | 'archive',
    states: { before?: AuditedState; after?: AuditedState },
  ): void {
    this.events.publish(MonitoringAudited.of({ resource: `monitoring.flag ${key}`, action, ...states }));
    this.events.publish(FlagsChanged.of({}));
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
