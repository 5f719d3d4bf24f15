import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Book } from './book.entity.js';
import { catalogueHandlers } from './catalogue.handlers.js';
import { lendingHandlers } from './lending.handlers.js';
import { Loan } from './loan.entity.js';
import { CreateBooks1700000000001, CreateLoans1700000000001 } from './migrations.js';

@Module({ imports: [CqrsModule, TypeOrmModule.forFeature([Book], 'catalogue')], providers: catalogueHandlers })
export class CatalogueModule {}

@Module({ imports: [CqrsModule, TypeOrmModule.forFeature([Loan], 'lending')], providers: lendingHandlers })
export class LendingModule {}

/** The library in one process. */
@Module({})
export class LibraryModule {
  static on(database: string): DynamicModule {
    const common = { type: 'sqlite' as const, database, migrationsRun: true, retryAttempts: 0 };
    return {
      module: LibraryModule,
      imports: [
        CqrsModule,
        TypeOrmModule.forRoot({
          ...common,
          name: 'catalogue',
          entities: [Book],
          migrations: [CreateBooks1700000000001],
          migrationsTableName: 'catalogue_migrations',
        }),
        TypeOrmModule.forRoot({
          ...common,
          name: 'lending',
          entities: [Loan],
          migrations: [CreateLoans1700000000001],
          migrationsTableName: 'lending_migrations',
        }),
        CatalogueModule,
        LendingModule,
      ],
    };
  }
}
