import type { QueryRunner } from 'typeorm';
import { ModulithError } from '../contract/errors.js';
import type { PendingEvent, Scope } from '../context/scope.js';
import type { ModuleDataSource } from './module-data-source.js';
import type { Unit } from './unit.js';

/** Holds the transaction and the published events of one attempt at handling a message. */
export class HandlerScope implements Scope {
  readonly events: PendingEvent[] = [];
  readonly broadcasts: PendingEvent[] = [];
  readonly effects: (() => void)[] = [];
  private unit?: Unit;
  private closed = false;
  private publishing = true;
  private asking = 0;

  readonly mode = 'write';

  constructor(
    readonly module: string,
    private readonly dataSource?: ModuleDataSource,
    readonly beforeSending?: Scope['beforeSending'],
  ) {}

  /** The unit of work's query runner; the transaction begins at its first statement. */
  runner(): QueryRunner {
    return this.open().runner;
  }

  open(): Unit {
    if (this.closed) throw new ModulithError('unit_of_work_closed', 'A repository was used after its unit of work.');
    if (!this.dataSource) throw new ModulithError('no_database', `The module "${this.module}" has no database.`);
    if (this.asking > 0) {
      throw new ModulithError(
        'unit_of_work_open',
        `A handler of "${this.module}" used a repository while a message that it had sent was unanswered: await it first.`,
      );
    }
    return (this.unit ??= this.dataSource.openUnit());
  }

  /** Begins the transaction unless it has begun. */
  async begin(): Promise<void> {
    await this.open().runner.connect();
  }

  /** Waits for the answer to a message; no repository may be used meanwhile. */
  async whileAsking<T>(answer: Promise<T>): Promise<T> {
    this.asking += 1;
    try {
      return await answer;
    } finally {
      this.asking -= 1;
    }
  }

  /** Refuses further events: they would miss the commit. */
  endPublishing(): void {
    this.publishing = false;
  }

  get openedAt(): number {
    return this.unit?.openedAt ?? 0;
  }

  get isUsed(): boolean {
    return this.unit !== undefined;
  }

  addEvent(event: PendingEvent): void {
    if (this.closed || !this.publishing)
      throw new ModulithError('unit_of_work_closed', 'An event was published after its unit of work.');
    if (!this.dataSource) throw new ModulithError('no_database', `"${this.module}" has no database to publish from.`);
    this.events.push(event);
  }

  afterCommit(effect: () => void): void {
    this.effects.push(effect);
  }

  /** From the first use of a repository to the end; no bus call may be made meanwhile. */
  get isOpen(): boolean {
    return this.unit !== undefined && !this.closed;
  }

  get conflicted(): boolean {
    return this.unit?.conflicted ?? false;
  }

  async commit(statements: readonly string[]): Promise<void> {
    const unit = this.open();
    this.closed = true;
    await unit.commit(statements);
  }

  async rollback(): Promise<void> {
    this.closed = true;
    await this.unit?.rollback();
  }
}
