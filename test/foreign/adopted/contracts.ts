import { defineContract, durable, keyed } from '@aitbc/modulith';
import { Book } from '../library/book.entity.js';
import { AddBook, BookLent, FindBook, LendBook, ListLoans } from '../library/messages.js';

export const catalogueContract = defineContract('catalogue', {
  commands: [AddBook],
  queries: [FindBook],
  views: [Book],
  subscribes: [durable('CountLoans', BookLent)],
});

export const lendingContract = defineContract('lending', {
  commands: [LendBook],
  queries: [ListLoans],
  // The library's own classes stay as they are: what orders its events is said here.
  events: [keyed(BookLent, 'isbn')],
});
