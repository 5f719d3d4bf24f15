import { Module } from '@nestjs/common';
import {
  CommandBus,
  CommandHandler,
  EventBus,
  EventsHandler,
  type ICommandHandler,
  type IEventHandler,
  type IQueryHandler,
  QueryHandler,
} from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import {
  Command,
  currentMessage,
  currentPrincipal,
  currentTraceparent,
  defineContract,
  defineDatabase,
  DomainError,
  durable,
  Event,
  Key,
  type MessageMetadata,
  ModulithModule,
  Query,
} from '@aitbc/modulith';
import { IsString } from 'class-validator';
import {
  Column,
  Entity,
  type MigrationInterface,
  PrimaryColumn,
  type QueryRunner,
  type Repository,
  Table,
} from 'typeorm';

/* An office that runs errands and a porter who reports back by a command: for what happens in the middle of things. */

export interface Seen extends MessageMetadata {
  readonly by: string;
  readonly about: string;
  readonly traceparent?: string;
}

type Step = (id: string) => void | Promise<void>;

/** What the tests make happen inside the handlers, and what the handlers saw of their messages. */
export class Errands {
  static beforeSending: Step = () => undefined;
  static afterSending: Step = () => undefined;
  static whileNoting: Step = () => undefined;
  static beforeWriting: Step = () => undefined;
  static afterWriting: Step = () => undefined;
  static atThePorter: Step = () => undefined;
  static seen: Seen[] = [];

  static reset(): void {
    const nothing = () => undefined;
    Errands.afterSending = Errands.whileNoting = nothing;
    Errands.beforeSending = Errands.beforeWriting = Errands.afterWriting = Errands.atThePorter = nothing;
    Errands.seen = [];
  }

  static see(by: string, about: string): void {
    const message = { ...currentMessage()!, principal: currentPrincipal(), traceparent: currentTraceparent() };
    Errands.seen.push({ by, about, ...message });
  }

  static by(handler: string): Seen[] {
    return Errands.seen.filter((each) => each.by === handler);
  }
}

/** Notes an errand down and publishes that it was run. */
export class RunErrand extends Command<void> {
  @IsString() id: string;
}
/** Sends two commands of its own before it writes. */
export class RunTwice extends Command<void> {
  @IsString() id: string;
}
/** Has a note added and touches no repository itself. */
export class Delegate extends Command<number> {
  @IsString() id: string;
}
/** What an office says when it does not want to. */
export class NotToday extends DomainError {
  static override readonly code = 'office.not_today';
  constructor() {
    super('Not today.');
  }
}
/** Counts how often it was carried out. */
export class AddNote extends Command<number> {
  @IsString() id: string;
}
export class CountNotes extends Query<number> {
  @IsString() id: string;
}
export class Dawdle extends Query<void> {
  @IsString() id: string;
}
export class ErrandRun extends Event {
  @Key() id: string;
}

export const officeContract = defineContract('office', {
  commands: [RunErrand, RunTwice, Delegate, AddNote],
  queries: [CountNotes, Dawdle],
  events: [ErrandRun],
  errors: [NotToday],
});
export const porterContract = defineContract('porter', { subscribes: [durable('ReportBack', ErrandRun)] });

@Entity('office_notes')
export class Note {
  @PrimaryColumn({ type: 'varchar', length: 64 }) id: string;
  @Column({ type: 'integer' }) times: number;
}

@Entity('porter_trips')
export class Trip {
  @PrimaryColumn({ type: 'varchar', length: 64 }) id: string;
  @Column({ type: 'integer' }) times: number;
}

const tableOf = (name: string) =>
  new Table({
    name,
    columns: [
      { name: 'id', type: 'varchar', length: '64', isPrimary: true },
      { name: 'times', type: 'integer' },
    ],
  });

class CreateNotes1700000000001 implements MigrationInterface {
  up = (queryRunner: QueryRunner) => queryRunner.createTable(tableOf('office_notes'));
  down = (queryRunner: QueryRunner) => queryRunner.dropTable('office_notes');
}
class CreateTrips1700000000001 implements MigrationInterface {
  up = (queryRunner: QueryRunner) => queryRunner.createTable(tableOf('porter_trips'));
  down = (queryRunner: QueryRunner) => queryRunner.dropTable('porter_trips');
}

@CommandHandler(RunErrand)
class RunErrandHandler implements ICommandHandler<RunErrand> {
  constructor(
    @InjectRepository(Note, 'office') private readonly notes: Repository<Note>,
    private readonly events: EventBus,
  ) {}

  async execute({ id }: RunErrand): Promise<void> {
    Errands.see('RunErrand', id);
    await Errands.beforeWriting(id);
    await this.notes.insert({ id, times: 1 });
    this.events.publish(ErrandRun.of({ id }));
    await Errands.afterWriting(id);
  }
}

@CommandHandler(RunTwice)
class RunTwiceHandler implements ICommandHandler<RunTwice> {
  constructor(
    @InjectRepository(Note, 'office') private readonly notes: Repository<Note>,
    private readonly commands: CommandBus,
  ) {}

  async execute({ id }: RunTwice): Promise<void> {
    Errands.see('RunTwice', id);
    await Errands.beforeSending(id);
    await this.commands.execute(AddNote.of({ id: `${id}-first` }));
    await this.commands.execute(AddNote.of({ id: `${id}-second` }));
    await Errands.beforeWriting(id);
    await this.notes.insert({ id, times: 1 });
  }
}

@CommandHandler(Delegate)
class DelegateHandler implements ICommandHandler<Delegate> {
  constructor(private readonly commands: CommandBus) {}

  async execute({ id }: Delegate): Promise<number> {
    Errands.see('Delegate', id);
    await Errands.beforeSending(id);
    const times = await this.commands.execute<AddNote, number>(AddNote.of({ id }));
    await Errands.afterSending(id);
    return times;
  }
}

@CommandHandler(AddNote)
class AddNoteHandler implements ICommandHandler<AddNote> {
  constructor(@InjectRepository(Note, 'office') private readonly notes: Repository<Note>) {}

  async execute({ id }: AddNote): Promise<number> {
    Errands.see('AddNote', id);
    await Errands.whileNoting(id);
    const note = (await this.notes.findOneBy({ id })) ?? this.notes.create({ id, times: 0 });
    note.times += 1;
    await this.notes.save(note);
    return note.times;
  }
}

@QueryHandler(CountNotes)
class CountNotesHandler implements IQueryHandler<CountNotes> {
  constructor(@InjectRepository(Note, 'office') private readonly notes: Repository<Note>) {}

  async execute({ id }: CountNotes): Promise<number> {
    return (await this.notes.findOneBy({ id }))?.times ?? 0;
  }
}

@QueryHandler(Dawdle)
class DawdleHandler implements IQueryHandler<Dawdle> {
  async execute({ id }: Dawdle): Promise<void> {
    await Errands.beforeWriting(id);
  }
}

@EventsHandler(ErrandRun)
class ReportBack implements IEventHandler<ErrandRun> {
  constructor(
    @InjectRepository(Trip, 'porter') private readonly trips: Repository<Trip>,
    private readonly commands: CommandBus,
  ) {}

  async handle({ id }: ErrandRun): Promise<void> {
    Errands.see('ReportBack', id);
    await Errands.beforeSending(id);
    await this.commands.execute(AddNote.of({ id: `report-${id}` }));
    await this.trips.insert({ id, times: 1 });
    await Errands.atThePorter(id);
  }
}

export const officeDatabase = defineDatabase({
  module: 'office',
  entities: [Note],
  migrations: [CreateNotes1700000000001],
});
export const porterDatabase = defineDatabase({
  module: 'porter',
  entities: [Trip],
  migrations: [CreateTrips1700000000001],
});

@Module({
  imports: [ModulithModule.forModule(officeContract, officeDatabase)],
  providers: [RunErrandHandler, RunTwiceHandler, DelegateHandler, AddNoteHandler, CountNotesHandler, DawdleHandler],
})
export class OfficeModule {}

@Module({ imports: [ModulithModule.forModule(porterContract, porterDatabase)], providers: [ReportBack] })
export class PorterModule {}

export const contracts = [officeContract, porterContract];

/** A promise and the function that keeps it. */
export function gate(): { passed: Promise<void>; open: () => void } {
  let open!: () => void;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}
