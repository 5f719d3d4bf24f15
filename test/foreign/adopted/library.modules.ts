import { Module } from '@nestjs/common';
import { defineDatabase, ModulithModule } from '@aitbc/modulith';
import { Book } from '../library/book.entity.js';
import { catalogueHandlers } from '../library/catalogue.handlers.js';
import { lendingHandlers } from '../library/lending.handlers.js';
import { Loan } from '../library/loan.entity.js';
import { CreateBooks1700000000001, CreateLoans1700000000001 } from '../library/migrations.js';
import { catalogueContract, lendingContract } from './contracts.js';

const books = defineDatabase({ module: 'catalogue', entities: [Book], migrations: [CreateBooks1700000000001] });
const loans = defineDatabase({ module: 'lending', entities: [Loan], migrations: [CreateLoans1700000000001] });

@Module({ imports: [ModulithModule.forModule(catalogueContract, books)], providers: catalogueHandlers })
export class CatalogueModule {}

@Module({ imports: [ModulithModule.forModule(lendingContract, loans)], providers: lendingHandlers })
export class LendingModule {}
