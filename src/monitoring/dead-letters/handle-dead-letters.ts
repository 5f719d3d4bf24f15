import { type DeadLetter, DeadLetters } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler, type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  DeadLetterView,
  DiscardDeadLetter,
  ListDeadLetters,
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
  constructor(private readonly deadLetters: DeadLetters) {}

  async execute({ id }: ReplayDeadLetter): Promise<ReplayedView> {
    return ReplayedView.of({ applied: await this.deadLetters.replay(id) });
  }
}

@CommandHandler(DiscardDeadLetter)
export class DiscardDeadLetterHandler implements ICommandHandler<DiscardDeadLetter> {
  constructor(private readonly deadLetters: DeadLetters) {}

  execute({ id }: DiscardDeadLetter): Promise<void> {
    return this.deadLetters.discard(id);
  }
}
