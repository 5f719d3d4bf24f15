import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { context as otel, ROOT_CONTEXT } from '@opentelemetry/api';
import { Logger } from '@nestjs/common';
import { showUnit, type UnitPlace } from '../bus/spans.js';
import { type MessageContext, type Sent, withMessage } from '../context/message-context.js';
import type { MessageMetadata } from '../context/metadata.js';
import { ConcurrencyConflict, DeadlineExceeded, OutcomeUnknown } from '../contract/errors.js';
import { kernelTables } from '../outbox/kernel-tables.js';
import { type Addressed, publicationStatements, type Publication, toPublication } from '../outbox/publication.js';
import { HandlerScope } from './handler-scope.js';
import { AlreadyHandled, LaneParked } from './not-applied.js';
import type { ModuleDataSource } from './module-data-source.js';
import { sqlStateOf } from './postgres-unit.js';
import { CommitUnknown, quote } from './unit.js';

const MAX_ATTEMPTS = 12;
const SLOW_UNIT_MS = 100;
const NOT_NULL_VIOLATION = '23502';

/** How the inbox remembers a message. */
export interface InboxEntry<T = unknown> {
  readonly handler: string;
  readonly encodeResult?: (result: T) => string | null;
  /** The event's key: while a dead letter of this handler and key exists, the commit fails with {@link LaneParked}. */
  readonly lane?: string;
}

/** What is to be done in one transaction, and what the transaction is to record. */
export interface UnitSpec<T> {
  /** For errors and logs. */
  readonly name: string;
  readonly message: MessageMetadata;
  /** Seeds the ids of what the work sends and publishes, so that doing it again sends the same. */
  readonly idSeed: string;
  /** Under this handler's name the inbox remembers that the message was handled. */
  readonly inbox?: InboxEntry<T>;
  /** Whether to record even where nothing was written or published. */
  readonly recordAlways?: boolean;
  /** Whether the message may have been handled before: then the inbox is asked first. */
  readonly mayBeRepeat?: boolean;
  /** Whether another process may be handling the same message now: a failure then asks the inbox first. */
  readonly mayHaveTwin?: boolean;
  /** Literal statements that join the commit. */
  readonly alongside?: readonly string[];
  /** Runs first inside the transaction, for guards such as a lease's fence. */
  readonly guard?: (scope: HandlerScope) => Promise<void>;
  readonly hasDeadline?: boolean;
}

/** What happens to events once their transaction has committed. */
export interface CommittedEvents {
  /** The modules that must get it however long that takes. */
  targetsOf(publication: Publication): readonly string[];
  /** The outcome of a commit is unknown. */
  uncertain(module: string): void;
  committed(
    module: string,
    publications: readonly Publication[],
    addressed: readonly Addressed[],
    scope: HandlerScope,
  ): void;
}

/** Runs units of work on one module's database. */
export class ModuleDatabase {
  readonly tables: ReturnType<typeof kernelTables>;
  private readonly logger = new Logger('UnitOfWork');
  private readonly keyTurns = new Map<string, Promise<void>>();
  private retryTurn: Promise<void> = Promise.resolve();
  private readonly place: UnitPlace | undefined;
  slowUnits = 0;
  retries = 0;

  constructor(
    readonly module: string,
    readonly dataSource: ModuleDataSource | undefined,
    private readonly events: CommittedEvents,
  ) {
    this.tables = kernelTables(module);
    this.place = dataSource && placeOf(module, dataSource);
  }

  get isPostgres(): boolean {
    return this.dataSource?.options.type === 'postgres';
  }

  /**
   * Runs `work` so that what it wrote, what it published and the record that it was done commit together or not at
   * all; repeats it from its start when the database finds a conflict.
   * @throws AlreadyHandled when the inbox knows the message.
   * @throws ConcurrencyConflict when the conflicts do not end.
   */
  async run<T>(spec: UnitSpec<T>, work: () => Promise<T> | T): Promise<T> {
    const replay = new Map<string, Sent>();
    for (let attempt = 1; ; attempt++) {
      if (spec.inbox && (spec.mayBeRepeat || attempt > 1)) await this.refuseRepeat(spec.message.id, spec.inbox.handler);
      const scope = new HandlerScope(this.module, this.dataSource);
      try {
        return await this.attempt(spec, scope, replay, work);
      } catch (error) {
        await scope.rollback();
        if (this.place) showUnit(this.place, scope.openedAt, { operation: 'ROLLBACK', error });
        if (error instanceof CommitUnknown) {
          this.events.uncertain(this.module);
          throw new OutcomeUnknown(spec.name, spec.message.id);
        }
        if (spec.inbox?.lane !== undefined && this.isParked(error)) {
          throw new LaneParked(spec.inbox.handler, spec.inbox.lane);
        }
        // A twin of this message may have been faster; then its answer counts, whatever this attempt stumbled over.
        if (spec.inbox && (spec.mayBeRepeat || spec.mayHaveTwin || this.isRepeat(error))) {
          await this.refuseRepeat(spec.message.id, spec.inbox.handler);
        }
        if (!scope.conflicted && !this.isBusy(error)) throw error;
        if (attempt >= MAX_ATTEMPTS) throw new ConcurrencyConflict(spec.name);
        await this.waitForRetry(attempt);
      }
    }
  }

  private async attempt<T>(
    spec: UnitSpec<T>,
    scope: HandlerScope,
    replay: Map<string, Sent>,
    work: () => Promise<T> | T,
  ): Promise<T> {
    const context: MessageContext = { ...spec.message, idSeed: spec.idSeed, scope, replay };
    const result = await otel.with(withMessage(context), async () => {
      if (spec.guard) await spec.guard(scope);
      return work();
    });
    const written = scope.isUsed || scope.events.length > 0 || (spec.alongside?.length ?? 0) > 0;
    if (this.dataSource && (written || spec.recordAlways)) await this.commit(spec, scope, result);
    else {
      await scope.rollback();
      if (scope.broadcasts.length > 0) this.events.committed(this.module, [], [], scope);
    }
    for (const effect of scope.effects) this.runEffect(spec.name, effect);
    return result;
  }

  /** What is committed is done, whatever becomes of its effects. */
  private runEffect(name: string, effect: () => void): void {
    try {
      effect();
    } catch (error) {
      this.logger.error(
        `${name}: an effect of its commit failed`,
        error instanceof Error ? error.stack : String(error),
      );
    }
  }

  private async commit<T>(spec: UnitSpec<T>, scope: HandlerScope, result: T): Promise<void> {
    if (spec.hasDeadline && Date.now() > spec.message.deadline) throw new DeadlineExceeded(spec.name);
    scope.endPublishing();
    const publications = scope.events.map((event) => toPublication(event, new Date()));
    const addressed = publications
      .map((publication) => ({ publication, targets: this.events.targetsOf(publication) }))
      .filter(({ targets }) => targets.length > 0);
    const statements = [
      ...(spec.inbox ? [this.inboxStatement(spec.message.id, spec.inbox, spec.inbox.encodeResult?.(result))] : []),
      ...(spec.alongside ?? []),
      // Last: only then is the order of the publications the order of the commits.
      ...publicationStatements(this.tables.outbox, addressed, this.isPostgres),
    ];
    // The connection first: whoever holds a key's turn never waits for those who hold the connections.
    await scope.begin();
    const release = await this.takeKeys(addressed);
    try {
      await scope.commit(statements);
      // Before the keys are released: the hand-over keeps the order of the commits.
      this.events.committed(this.module, publications, addressed, scope);
    } finally {
      release();
    }
    if (this.place) showUnit(this.place, scope.openedAt, { operation: 'COMMIT', published: publications.length });
    const openMs = scope.openedAt ? performance.now() - scope.openedAt : 0;
    if (openMs > SLOW_UNIT_MS) {
      this.slowUnits += 1;
      this.logger.warn(`${spec.name}: a unit of work of "${this.module}" was open for ${Math.round(openMs)} ms`);
    }
  }

  inboxStatement(
    messageId: string,
    { handler, lane }: Omit<InboxEntry, 'encodeResult'>,
    result?: string | null,
  ): string {
    // In a parked lane there is no time at which it was handled, and the column takes no NULL.
    const handledAt =
      lane === undefined
        ? Date.now()
        : `CASE WHEN EXISTS (SELECT 1 FROM ${this.tables.deadLetters} WHERE handler = ${quote(handler)} AND key = ${quote(lane)}) THEN NULL ELSE ${Date.now()} END`;
    return `INSERT INTO ${this.tables.inbox} (message_id, handler, result, handled_at) VALUES (${quote(messageId)}, ${quote(handler)}, ${quote(result)}, ${handledAt})`;
  }

  /** How long ago the oldest message was handled that the inbox still knows: grows without end when it is not pruned. */
  async inboxAgeSeconds(now: number): Promise<number> {
    const [row] = await this.read<{ oldest: string | number | null }>(
      `SELECT MIN(handled_at) AS oldest FROM ${this.tables.inbox}`,
    );
    return row?.oldest ? Math.max(0, now - Number(row.oldest)) / 1_000 : 0;
  }

  /** Reads rows on a read-only connection, whatever unit of work the caller is in. */
  async read<R>(sql: string): Promise<R[]> {
    if (!this.dataSource) return [];
    return otel.with(ROOT_CONTEXT, () => this.dataSource!.query<R[]>(sql));
  }

  /** Runs literal statements in a transaction of their own. */
  async write(statements: readonly string[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const unit = this.dataSource!.openUnit();
      try {
        return await unit.commit(statements);
      } catch (error) {
        await unit.rollback();
        if (!unit.conflicted || attempt >= MAX_ATTEMPTS) throw error;
        await this.waitForRetry(attempt);
      }
    }
  }

  private async refuseRepeat(messageId: string, handler: string): Promise<void> {
    const [row] = await this.read<{ result: string | null }>(
      `SELECT result FROM ${this.tables.inbox} WHERE message_id = ${quote(messageId)} AND handler = ${quote(handler)}`,
    );
    if (row) throw new AlreadyHandled(row.result);
  }

  private isRepeat(error: unknown): boolean {
    const text = error instanceof Error ? `${error.message} ${(error as { table?: string }).table ?? ''}` : '';
    const unique = sqlStateOf(error) === '23505' || text.includes('SQLITE_CONSTRAINT');
    return unique && text.includes(this.tables.inbox);
  }

  /** The inbox refuses a row without a time. */
  private isParked(error: unknown): boolean {
    if (sqlStateOf(error) === NOT_NULL_VIOLATION) return (error as { table?: string }).table === this.tables.inbox;
    return (
      error instanceof Error && error.message.includes(`NOT NULL constraint failed: ${this.tables.inbox}.handled_at`)
    );
  }

  private isBusy(error: unknown): boolean {
    return error instanceof Error && error.message.includes('SQLITE_BUSY');
  }

  /** One retry at a time per process: losers that try again together only meet each other again. */
  private async waitForRetry(attempt: number): Promise<void> {
    this.retries += 1;
    const before = this.retryTurn;
    const own = before.then(() => pause(Math.random() * Math.min(2 ** attempt, 20)));
    this.retryTurn = own;
    await own;
  }

  /**
   * Within one process, commits that publish under the same key take turns, so that the order of the hand-over is the
   * order of the commits. (Between processes the outbox's own order decides.)
   */
  private async takeKeys(addressed: readonly Addressed[]): Promise<() => void> {
    if (!this.isPostgres || addressed.length === 0) return () => undefined;
    const keys = [...new Set(addressed.map(({ publication }) => publication.key))].toSorted();
    const ends: (() => void)[] = [];
    for (const key of keys) {
      const before = this.keyTurns.get(key);
      let end!: () => void;
      const turn = new Promise<void>((resolve) => (end = resolve));
      this.keyTurns.set(key, turn);
      ends.push(() => {
        if (this.keyTurns.get(key) === turn) this.keyTurns.delete(key);
        end();
      });
      await before;
    }
    return () => ends.forEach((end) => end());
  }
}

function placeOf(module: string, { options, driver }: ModuleDataSource): UnitPlace {
  if (options.type === 'postgres') return { module, system: 'postgresql', namespace: `${driver.database}|${module}` };
  return { module, system: 'sqlite', namespace: basename(String(options.database)) };
}
