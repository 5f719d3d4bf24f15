import { type DeadLetter, DeadLetters } from '@aitbc/modulith';
import { DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DeadLetterView, GetDeadLetter, ListDeadLetters } from '../contract/index.js';
import { cursorOf, positionOf } from './position.js';

const toView = (letter: DeadLetter) => DeadLetterView.of({ ...letter });

@QueryHandler(ListDeadLetters)
export class ListDeadLettersHandler implements IQueryHandler<ListDeadLetters> {
  constructor(private readonly deadLetters: DeadLetters) {}

  async execute(asked: ListDeadLetters): Promise<Page<DeadLetterView>> {
    const { cursor: _, limit = DEFAULT_PAGE_LIMIT, ...filter } = asked;
    const found = await this.deadLetters.list({
      filter,
      limit: limit + 1,
      after: positionOf(asked),
    });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return Page.of(shown.map(toView), found.length > limit ? cursorOf(asked, last!) : null);
  }
}

@QueryHandler(GetDeadLetter)
export class GetDeadLetterHandler implements IQueryHandler<GetDeadLetter> {
  constructor(private readonly deadLetters: DeadLetters) {}

  async execute({ id }: GetDeadLetter): Promise<DeadLetterView> {
    return toView(await this.deadLetters.get(id));
  }
}
