import { type DeadLetter, DeadLetters } from '@aitbc/modulith';
import { CommandHandler, EventBus, type ICommandHandler, type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  DeadLetterView,
  DiscardDeadLetter,
  ListDeadLetters,
  MonitoringAudited,
  ReplayDeadLetter,
  ReplayedView,
} from '../contract/index.js';

const toView = (letter: DeadLetter) => DeadLetterView.of({ ...letter });

@QueryHandler(ListDeadLetters)
export class ListDeadLettersHandler implements IQueryHandler<ListDeadLetters> {
  constructor(private readonly deadLetters: DeadLetters) {}

  async execute({ limit }: ListDeadLetters): Promise<DeadLetterView[]> {
    return (await this.deadLetters.list(limit)).map(toView);
  }
}

@CommandHandler(ReplayDeadLetter)
export class ReplayDeadLetterHandler implements ICommandHandler<ReplayDeadLetter> {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly events: EventBus,
  ) {}

  async execute({ id }: ReplayDeadLetter): Promise<ReplayedView> {
    const letter = await this.deadLetters.get(id);
    const applied = await this.deadLetters.replay(id);
    this.events.publish(auditOf(letter, 'replay', { applied }));
    return ReplayedView.of({ applied });
  }
}

@CommandHandler(DiscardDeadLetter)
export class DiscardDeadLetterHandler implements ICommandHandler<DiscardDeadLetter> {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly events: EventBus,
  ) {}

  async execute({ id }: DiscardDeadLetter): Promise<void> {
    const letter = await this.deadLetters.get(id);
    await this.deadLetters.discard(id);
    this.events.publish(auditOf(letter, 'discard'));
  }
}

/** Without the payload, which may be long and private; its message id leads to it. */
function auditOf(letter: DeadLetter, action: string, after?: Record<string, unknown>): MonitoringAudited {
  const { id, module, messageId, name, handler, key, state, attempts, errorCode } = letter;
  const before = { module, messageId, name, handler, key, state, attempts, errorCode };
  return MonitoringAudited.of({ resource: `monitoring.dead_letter ${id}`, action, before, after });
}
