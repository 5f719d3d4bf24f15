import { Module } from '@nestjs/common';
import { CommandHandler, EventBus, EventsHandler, type ICommandHandler, type IEventHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Command, defineContract, defineDatabase, durable, Event, Key, ModulithModule } from '@aitbc/modulith';
import { IsString } from 'class-validator';
import { Column, Entity, type MigrationInterface, PrimaryColumn, type QueryRunner, Repository, Table } from 'typeorm';

/* A till takes deposits, a book notes them: one entity read, one update, one event, one subscriber. */

@Entity('till_accounts')
export class Account {
  @PrimaryColumn({ type: 'varchar', length: 64 }) id: string;
  @Column({ type: 'integer' }) total: number;
}

class CreateAccounts1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const columns = [
      { name: 'id', type: 'varchar', length: '64', isPrimary: true },
      { name: 'total', type: 'integer' },
    ];
    await queryRunner.createTable(new Table({ name: 'till_accounts', columns }));
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('till_accounts');
  }
}

export class Deposit extends Command<void> {
  @IsString() id: string;
}
export class Deposited extends Event {
  @Key() id: string;
  total: number;
}

@CommandHandler(Deposit)
class DepositHandler implements ICommandHandler<Deposit> {
  constructor(
    @InjectRepository(Account, 'till') private readonly accounts: Repository<Account>,
    private readonly events: EventBus,
  ) {}

  async execute({ id }: Deposit): Promise<void> {
    const account = await this.accounts.findOneByOrFail({ id });
    account.total += 1;
    await this.accounts.save(account);
    this.events.publish(Deposited.of({ id, total: account.total }));
  }
}

@EventsHandler(Deposited)
class NoteDeposit implements IEventHandler<Deposited> {
  handle(): void {}
}

export const till = defineContract('till', { commands: [Deposit], events: [Deposited] });
export const book = defineContract('book', { subscribes: [durable('NoteDeposit', Deposited)] });
export const tillDatabase = defineDatabase({
  module: 'till',
  entities: [Account],
  migrations: [CreateAccounts1700000000001],
});
export const bookDatabase = defineDatabase({ module: 'book', entities: [], migrations: [] });

@Module({ imports: [ModulithModule.forModule(till, tillDatabase)], providers: [DepositHandler] })
export class TillModule {}
@Module({ imports: [ModulithModule.forModule(book, bookDatabase)], providers: [NoteDeposit] })
export class BookModule {}
