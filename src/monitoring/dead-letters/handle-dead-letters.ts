import { type DeadLetter, DeadLetters, type Fields } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DiscardDeadLetter, type MonitoringAudited, ReplayDeadLetter, ReplayedView } from '../contract/index.js';
import { OperatorActs } from '../operator-acts.js';

@CommandHandler(ReplayDeadLetter)
export class ReplayDeadLetterHandler implements ICommandHandler<ReplayDeadLetter> {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly acts: OperatorActs,
  ) {}

  async execute({ id }: ReplayDeadLetter): Promise<ReplayedView> {
    const letter = await this.deadLetters.get(id);
    const applied = await this.deadLetters.replay(id);
    await this.acts.record(auditOf(letter, 'replay', { applied }));
    return ReplayedView.of({ applied });
  }
}

@CommandHandler(DiscardDeadLetter)
export class DiscardDeadLetterHandler implements ICommandHandler<DiscardDeadLetter> {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly acts: OperatorActs,
  ) {}

  async execute({ id }: DiscardDeadLetter): Promise<void> {
    const letter = await this.deadLetters.get(id);
    await this.deadLetters.discard(id);
    await this.acts.record(auditOf(letter, 'discard'));
  }
}

/** Without the payload, which may be long and private; the message id identifies it. */
function auditOf(letter: DeadLetter, action: string, after?: Record<string, unknown>): Fields<MonitoringAudited> {
  const { id, module, messageId, name, handler, key, state, attempts, errorCode } = letter;
  const before = { module, messageId, name, handler, key, state, attempts, errorCode };
  return { resource: `monitoring.dead_letter ${id}`, action, before, after };
}
