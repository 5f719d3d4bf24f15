import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Book } from './book.entity.js';
import { catalogueHandlers } from './catalogue.handlers.js';
import { lendingHandlers } from './lending.handlers.js';
import { Loan } from './loan.entity.js';
import { CreateBooks1700000000001, CreateLoans1700000000001 } from './migrations.js';

@Module({ imports: [CqrsModule, TypeOrmModule.forFeature([Book])], providers: catalogueHandlers })
export class CatalogueModule {}

@Module({ imports: [CqrsModule, TypeOrmModule.forFeature([Loan])], providers: lendingHandlers })
export class LendingModule {}

/** The library in one process. */
@Module({})
export class LibraryModule {
  static on(database: string): DynamicModule {
    return {
      module: LibraryModule,
      imports: [
        CqrsModule,
        TypeOrmModule.forRoot({
          type: 'sqlite',
          database,
          entities: [Book, Loan],
          migrations: [CreateBooks1700000000001, CreateLoans1700000000001],
          migrationsRun: true,
          retryAttempts: 0,
        }),
        CatalogueModule,
        LendingModule,
      ],
    };
  }
}
