import type { QueryRunner } from 'typeorm';
import { ModulithError } from '../contract/errors.js';
import type { PendingEvent, Scope } from '../context/scope.js';
import type { ModuleDataSource } from './module-data-source.js';
import type { Unit } from './unit.js';

/** Where one attempt at handling a message keeps its transaction and what it published. */
export class HandlerScope implements Scope {
  readonly events: PendingEvent[] = [];
  readonly broadcasts: PendingEvent[] = [];
  private unit?: Unit;
  private closed = false;
  openedAt = 0;

  constructor(
    readonly module: string,
    readonly mode: 'read' | 'write',
    private readonly dataSource?: ModuleDataSource,
  ) {}

  /** The query runner of this unit of work, which begins at its first statement. */
  runner(): QueryRunner {
    return this.open().runner;
  }

  open(): Unit {
    if (this.closed) throw new ModulithError('unit_of_work_closed', 'A repository was used after its unit of work.');
    if (!this.dataSource) throw new ModulithError('no_database', `The module "${this.module}" has no database.`);
    if (!this.unit) {
      this.unit = this.dataSource.openUnit();
      this.openedAt = performance.now();
    }
    return this.unit;
  }

  get isUsed(): boolean {
    return this.unit !== undefined;
  }

  addEvent(event: PendingEvent): void {
    if (this.closed) throw new ModulithError('unit_of_work_closed', 'An event was published after its unit of work.');
    if (!this.dataSource) throw new ModulithError('no_database', `"${this.module}" has no database to publish from.`);
    this.events.push(event);
  }

  /** From the first use of a repository to the end: no bus call may be made meanwhile. */
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
