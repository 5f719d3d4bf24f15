import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { context as otel, ROOT_CONTEXT } from '@opentelemetry/api';
import { Logger } from '@nestjs/common';
import { showUnit, type UnitPlace } from '../bus/spans.js';
import { type MessageContext, type Sent, withMessage } from '../context/message-context.js';
import type { MessageMetadata } from '../context/metadata.js';
import { DeadlineExceeded, OutcomeUnknown } from '../contract/errors.js';
import { kernelTables } from '../outbox/kernel-tables.js';
import { type Addressed, publicationStatements, type Publication, toPublication } from '../outbox/publication.js';
import { HandlerScope } from './handler-scope.js';
import type { InboxKey, SentCommand } from './inbox-key.js';
import { Inbox, type InboxState } from './inbox.js';
import { AlreadyHandled, FinalRejection, LaneParked, NotApplied, RejectedBefore } from './not-applied.js';
import type { ModuleDataSource } from './module-data-source.js';
import { Writes } from './writes.js';
import { CommitUnknown, quote } from './unit.js';

/** How long before its deadline a unit of work with repeated conflicts gives up, to answer in time. */
const GIVE_UP_BEFORE_MS = 250;
/** How long the kernel's own statements are retried after conflicts. */
const WRITE_WITHIN_MS = 10_000;
const LONGEST_PAUSE_MS = 50;
const SLOW_UNIT_MS = 100;

/** How the inbox records a message. */
export interface InboxEntry<T = unknown> {
  readonly handler: string;
  readonly encodeResult?: (result: T) => string | null;
  /** Encodes a rejection for the inbox; undefined for an error that does not prove that nothing was done. */
  readonly encodeRejection?: (error: unknown) => string | undefined;
  /** The event's key: while a dead letter of this handler and key exists, the commit fails with {@link LaneParked}. */
  readonly lane?: string;
}

/** The work of one transaction, and what the transaction records. */
export interface UnitSpec<T> {
  /** For errors and logs. */
  readonly name: string;
  readonly message: MessageMetadata;
  /** Seeds the ids of messages sent and published, so that a retry uses the same ids. */
  readonly idSeed: string;
  /** The inbox records the message as handled under this handler's name. */
  readonly inbox?: InboxEntry<T>;
  /** Whether to record even if nothing was written or published. */
  readonly recordAlways?: boolean;
  /** Whether the message may have been handled before: the inbox is then checked first. */
  readonly mayBeRepeat?: boolean;
  /** Whether another process may be handling the same message now: a rejection must then keep it from committing. */
  readonly mayHaveTwin?: boolean;
  /** Literal statements that join the commit. */
  readonly alongside?: readonly string[];
  /** Runs first inside the transaction, for guards such as a lease's fence. */
  readonly guard?: (scope: HandlerScope) => Promise<void>;
  readonly hasDeadline?: boolean;
}

/** What one run of a handler knows about other attempts at the message. */
interface Progress {
  /** The inbox has a row, written by an earlier attempt or when this one sent something. */
  isKnown: boolean;
  /** This run has sent a command. */
  hasSent: boolean;
}

/** Receives events after their transaction has committed. */
export interface CommittedEvents {
  /** The modules with a durable subscription to the event. */
  targetsOf(publication: Publication): readonly string[];
  /** Called when the outcome of a commit is unknown. */
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
  readonly inbox: Inbox;
  private readonly logger = new Logger('UnitOfWork');
  private readonly keyTurns = new Map<string, Promise<void>>();
  private retryTurn: Promise<void> = Promise.resolve();
  private readonly place: UnitPlace | undefined;
  private readonly writes: Writes;
  slowUnits = 0;
  retries = 0;

  constructor(
    readonly module: string,
    readonly dataSource: ModuleDataSource | undefined,
    private readonly events: CommittedEvents,
  ) {
    this.tables = kernelTables(module);
    this.inbox = new Inbox(
      module,
      this.tables,
      () => this.isPostgres,
      (sql) => this.read(sql),
      (statements) => this.write(statements),
    );
    this.writes = new Writes(() => this.write([this.probe()]));
    this.place = dataSource && placeOf(module, dataSource);
  }

  get isPostgres(): boolean {
    return this.dataSource?.options.type === 'postgres';
  }

  /**
   * Runs `work` so that its writes, its events and the inbox record commit atomically; reruns it from the start after a
   * conflict.
   * @throws AlreadyHandled if the inbox has the message.
   * @throws RejectedBefore if the message was rejected and this is not a later attempt.
   * @throws FinalRejection if the handler rejected the message and no earlier attempt can commit any more.
   * @throws OutcomeUnknown if an earlier attempt may have executed it, or may still.
   * @throws DeadlineExceeded if the conflicts persist until the deadline.
   */
  async run<T>(spec: UnitSpec<T>, work: () => Promise<T> | T): Promise<T> {
    const replay = new Map<string, Sent>();
    const progress: Progress = { isKnown: false, hasSent: false };
    const { inbox } = spec;
    const mustBegin = inbox?.encodeRejection && spec.recordAlways && this.dataSource;
    for (let attempt = 1; ; attempt++) {
      if (inbox && (spec.mayBeRepeat || attempt > 1)) await this.refuseRepeat(spec, inbox, progress);
      const beforeSending = mustBegin
        ? (command: SentCommand) => this.beginSending(spec, inbox, progress, command)
        : undefined;
      const scope = new HandlerScope(this.module, this.dataSource, beforeSending);
      try {
        return await this.attempt(spec, scope, replay, progress, work);
      } catch (error) {
        await scope.rollback();
        this.writes.failed(error);
        if (this.place) showUnit(this.place, scope.openedAt, { operation: 'ROLLBACK', error });
        if (error instanceof CommitUnknown) {
          this.events.uncertain(this.module);
          throw new OutcomeUnknown(spec.name, spec.message.id);
        }
        if (inbox?.lane !== undefined && this.inbox.isParked(error)) throw new LaneParked(inbox.handler, inbox.lane);
        // Another attempt was faster: use its answer, or evaluate this one again with that knowledge.
        const wasRefused = inbox !== undefined && this.inbox.isRefused(error);
        if (wasRefused)
          await this.refuseRepeat(spec, inbox, progress).catch((cause: unknown) => unknownUnless(cause, spec));
        const isWorthRepeating = scope.conflicted || this.isBusy(error) || (wasRefused && progress.isKnown);
        if (!isWorthRepeating) throw await this.failure(spec, progress, error);
        // Concurrent units of work are not the caller's fault: only the deadline ends the retries.
        if (Date.now() + GIVE_UP_BEFORE_MS >= spec.message.deadline) {
          throw await this.failure(spec, progress, new DeadlineExceeded(spec.name));
        }
        await this.waitForRetry(attempt);
      }
    }
  }

  private async attempt<T>(
    spec: UnitSpec<T>,
    scope: HandlerScope,
    replay: Map<string, Sent>,
    progress: Progress,
    work: () => Promise<T> | T,
  ): Promise<T> {
    const isFirst = spec.message.attempt === 1 && !spec.mayBeRepeat && !spec.mayHaveTwin;
    const context: MessageContext = { ...spec.message, idSeed: spec.idSeed, isFirst, scope, replay };
    const result = await otel.with(withMessage(context), async () => {
      if (spec.guard) await spec.guard(scope);
      return work();
    });
    const written = scope.isUsed || scope.events.length > 0 || (spec.alongside?.length ?? 0) > 0;
    if (this.dataSource && (written || spec.recordAlways)) await this.commit(spec, scope, progress, result);
    else {
      await scope.rollback();
      if (scope.broadcasts.length > 0) this.events.committed(this.module, [], [], scope);
    }
    for (const effect of scope.effects) this.runEffect(spec.name, effect);
    return result;
  }

  /** The commit stands, whatever happens to its effects. */
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

  private async commit<T>(spec: UnitSpec<T>, scope: HandlerScope, progress: Progress, result: T): Promise<void> {
    if (spec.hasDeadline && Date.now() > spec.message.deadline) throw new DeadlineExceeded(spec.name);
    scope.endPublishing();
    const publications = scope.events.map((event) => toPublication(event, new Date()));
    const addressed = publications
      .map((publication) => ({ publication, targets: this.events.targetsOf(publication) }))
      .filter(({ targets }) => targets.length > 0);
    const statements = [
      ...(spec.inbox ? [this.doneStatement(spec, spec.inbox, progress, result)] : []),
      ...(spec.alongside ?? []),
      // Last: only then does the order of publications match the commit order.
      ...publicationStatements(this.tables.outbox, addressed, this.isPostgres),
    ];
    // Take the connection first: a holder of key locks then never waits for holders of connections.
    await scope.begin();
    const release = await this.takeKeys(addressed);
    try {
      await scope.commit(statements);
      this.writes.succeeded();
      // Before the keys are released: the hand-over preserves commit order.
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

  private doneStatement<T>(spec: UnitSpec<T>, inbox: InboxEntry<T>, { isKnown }: Progress, result: T): string {
    const key = keyOf(spec, inbox);
    const recorded = inbox.encodeResult?.(result);
    return isKnown && inbox.lane === undefined
      ? this.inbox.doneAfterAllStatement(key, attemptOf(spec), recorded)
      : this.inbox.doneStatement(key, recorded, inbox.lane);
  }

  /** The age of the oldest message in the inbox; grows without bound if the inbox is not pruned. */
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

  /** @throws the error that keeps the database from accepting writes */
  async assertWritable(): Promise<void> {
    if (this.dataSource) await this.writes.assertPossible();
  }

  private probe(): string {
    const now = quote(String(Date.now()));
    return `INSERT INTO ${this.tables.settings} (name, value) VALUES ('written', ${now}) ON CONFLICT (name) DO UPDATE SET value = ${now}`;
  }

  /** Runs literal statements in a separate transaction. */
  async write(statements: readonly string[]): Promise<void> {
    const end = Date.now() + WRITE_WITHIN_MS;
    for (let attempt = 1; ; attempt++) {
      const unit = this.dataSource!.openUnit();
      try {
        await unit.commit(statements);
        return this.writes.succeeded();
      } catch (error) {
        await unit.rollback();
        this.writes.failed(error);
        if (!unit.conflicted || Date.now() >= end) throw error;
        await this.waitForRetry(attempt);
      }
    }
  }

  /** @throws AlreadyHandled, RejectedBefore if an earlier attempt decides the outcome of this one */
  private async refuseRepeat<T>(spec: UnitSpec<T>, inbox: InboxEntry<T>, progress: Progress): Promise<void> {
    this.heed(await this.inbox.find(keyOf(spec, inbox)), spec, progress);
  }

  private heed<T>(state: InboxState | undefined, spec: UnitSpec<T>, progress: Progress): void {
    if (state?.is === 'done') throw new AlreadyHandled(state.result);
    if (state?.is === 'rejected' && state.attempt >= attemptOf(spec)) throw new RejectedBefore(state.error);
    progress.isKnown = state !== undefined;
  }

  /** Once an attempt has sent something, a redelivery must not be reported as "not executed" without a check. */
  private async beginSending<T>(
    spec: UnitSpec<T>,
    inbox: InboxEntry<T>,
    progress: Progress,
    command: SentCommand,
  ): Promise<void> {
    if (progress.hasSent) return;
    if (Date.now() > spec.message.deadline) throw new DeadlineExceeded(spec.name);
    const isFirstTry = !spec.mayBeRepeat && !progress.isKnown;
    this.heed(await this.inbox.begin(keyOf(spec, inbox), attemptOf(spec), command, isFirstTry), spec, progress);
    progress.hasSent = true;
  }

  /** The error to report: a rejection that another attempt could contradict is recorded first. */
  private async failure<T>(spec: UnitSpec<T>, progress: Progress, error: unknown): Promise<unknown> {
    const { inbox } = spec;
    const mayBeDone = spec.mayBeRepeat || spec.mayHaveTwin;
    if (!inbox || !mayBeDone || !this.dataSource || error instanceof NotApplied) return error;
    const rejection = inbox.encodeRejection?.(error);
    if (rejection === undefined) return this.failureUnlessDone(spec, inbox, progress, error);
    try {
      const state = await this.inbox.reject(keyOf(spec, inbox), attemptOf(spec), rejection, progress.hasSent);
      if (state?.is === 'done') return new AlreadyHandled(state.result);
      if (state?.is === 'rejected') {
        return state.error === rejection ? new FinalRejection(error) : new RejectedBefore(state.error);
      }
    } catch (cause) {
      this.logger.warn(`${spec.name}: its rejection could not be recorded: ${String(cause)}`);
    }
    return new OutcomeUnknown(spec.name, spec.message.id);
  }

  /** A concurrent attempt may have been faster: then its answer counts, whatever failed here. */
  private async failureUnlessDone<T>(
    spec: UnitSpec<T>,
    inbox: InboxEntry<T>,
    progress: Progress,
    error: unknown,
  ): Promise<unknown> {
    try {
      await this.refuseRepeat(spec, inbox, progress);
      return error;
    } catch (cause) {
      return cause instanceof NotApplied ? cause : error;
    }
  }

  private isBusy(error: unknown): boolean {
    return error instanceof Error && error.message.includes('SQLITE_BUSY');
  }

  /** One retry at a time per process: concurrent retries would only conflict again. */
  private async waitForRetry(attempt: number): Promise<void> {
    this.retries += 1;
    const before = this.retryTurn;
    const own = before.then(() => pause(Math.random() * Math.min(2 ** attempt, LONGEST_PAUSE_MS)));
    this.retryTurn = own;
    await own;
  }

  /**
   * Within a process, commits that publish under the same key are serialised, so that the hand-over order is the commit
   * order. (Between processes, the outbox's own order decides.)
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

const keyOf = <T>({ message }: UnitSpec<T>, { handler }: InboxEntry<T>): InboxKey => ({
  messageId: message.id,
  handler,
});

/** The database rejected the commit because of another attempt whose outcome it does not tell. */
function unknownUnless<T>(cause: unknown, { name, message }: UnitSpec<T>): never {
  throw cause instanceof NotApplied ? cause : new OutcomeUnknown(name, message.id);
}

/** Without attempt numbers, deadlines order the attempts. */
const attemptOf = <T>({ message }: UnitSpec<T>): number => message.attempt ?? message.deadline;

function placeOf(module: string, { options, driver }: ModuleDataSource): UnitPlace {
  if (options.type === 'postgres') return { module, system: 'postgresql', namespace: `${driver.database}|${module}` };
  return { module, system: 'sqlite', namespace: basename(String(options.database)) };
}
