import { currentPrincipal, type Fields } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { MonitoringAudited, OPERATORS } from './contract/index.js';
import { Feed } from './feed/feed.js';

/** Records an operator's action in the audit log and in the other operators' feed. */
@Injectable()
export class OperatorActs {
  constructor(
    private readonly events: EventBus,
    private readonly feed: Feed,
  ) {}

  /** The last step of a handler. */
  async record(act: Fields<MonitoringAudited>): Promise<void> {
    this.events.publish(MonitoringAudited.of(act));
    const { resource, action } = act;
    await this.feed.append(OPERATORS, 'operator.acted', { resource, action, by: currentPrincipal()?.subject ?? null });
  }
}
