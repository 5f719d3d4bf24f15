import {
  CommandHandler,
  EventsHandler,
  type ICommandHandler,
  type IEventHandler,
  type IQueryHandler,
  QueryHandler,
} from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Book } from './book.entity.js';
import { AddBook, BookLent, FindBook } from './messages.js';

@CommandHandler(AddBook)
export class AddBookHandler implements ICommandHandler<AddBook> {
  constructor(@InjectRepository(Book) private readonly books: Repository<Book>) {}

  async execute({ isbn, title }: AddBook): Promise<void> {
    await this.books.save(this.books.create({ isbn, title, timesLent: 0 }));
  }
}

@QueryHandler(FindBook)
export class FindBookHandler implements IQueryHandler<FindBook> {
  constructor(@InjectRepository(Book) private readonly books: Repository<Book>) {}

  execute({ isbn }: FindBook): Promise<Book | null> {
    return this.books.findOneBy({ isbn });
  }
}

@EventsHandler(BookLent)
export class CountLoans implements IEventHandler<BookLent> {
  constructor(@InjectRepository(Book) private readonly books: Repository<Book>) {}

  async handle({ isbn }: BookLent): Promise<void> {
    await this.books.increment({ isbn }, 'timesLent', 1);
  }
}

export const catalogueHandlers = [AddBookHandler, FindBookHandler, CountLoans];
