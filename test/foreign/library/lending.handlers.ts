import {
  CommandHandler,
  EventBus,
  type ICommandHandler,
  type IQueryHandler,
  QueryBus,
  QueryHandler,
} from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Book } from './book.entity.js';
import { Loan } from './loan.entity.js';
import { BookLent, FindBook, LendBook, ListLoans } from './messages.js';

@CommandHandler(LendBook)
export class LendBookHandler implements ICommandHandler<LendBook> {
  constructor(
    @InjectRepository(Loan) private readonly loans: Repository<Loan>,
    private readonly queries: QueryBus,
    private readonly events: EventBus,
  ) {}

  async execute({ isbn, reader }: LendBook): Promise<{ lent: boolean; title?: string }> {
    const book = await this.queries.execute<FindBook, Book | null>(new FindBook(isbn));
    if (!book) return { lent: false };
    await this.loans.save(this.loans.create({ isbn, reader }));
    this.events.publish(new BookLent(isbn, reader));
    return { lent: true, title: book.title };
  }
}

@QueryHandler(ListLoans)
export class ListLoansHandler implements IQueryHandler<ListLoans> {
  constructor(@InjectRepository(Loan) private readonly loans: Repository<Loan>) {}

  async execute({ reader }: ListLoans): Promise<string[]> {
    const loans = await this.loans.find({ where: { reader }, order: { id: 'ASC' } });
    return loans.map(({ isbn }) => isbn);
  }
}

export const lendingHandlers = [LendBookHandler, ListLoansHandler];
