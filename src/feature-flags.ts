import { APART, type CanaryQuestion, runInRequest } from '@aitbc/modulith';
import { canaryKey, type CheckResult, Clock, contextOf, FlagProvider, Readiness } from '@aitbc/platform';
import { Injectable, Logger, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { EventsHandler, type IEventHandler, QueryBus } from '@nestjs/cqrs';
import { context as otel } from '@opentelemetry/api';
import { FlagsChanged, GetFlagSnapshot } from './monitoring/contract/index.js';

/** How long a change may go unnoticed if its message was lost. */
const READ_EVERY_MS = 5_000;
/** The same while the flags cannot be read. */
const TRY_AGAIN_MS = 1_000;
const READ_WITHIN_MS = 2_000;

/**
 * Keeps this process's flags up to date with those stored in monitoring: loads them before the first request, on every
 * change message, and every few seconds. If loading fails, the last flags stay in force, and the health check reports
 * it.
 */
@EventsHandler(FlagsChanged)
@Injectable()
export class FeatureFlags implements OnApplicationBootstrap, OnModuleDestroy, IEventHandler<FlagsChanged> {
  private readonly logger = new Logger('FeatureFlags');
  private timer?: NodeJS.Timeout;
  private reading?: Promise<void>;
  private isOld = false;
  private isEnding = false;

  constructor(
    private readonly provider: FlagProvider,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
    readiness: Readiness,
  ) {
    readiness.add('flags', async () => this.check());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.read();
  }

  onModuleDestroy(): void {
    this.isEnding = true;
    clearTimeout(this.timer);
  }

  /** Resolves when the flags in force are at least as new as the change. */
  handle(): Promise<void> {
    return this.read();
  }

  /** One read at a time; a read that began before a change message is followed by another. */
  private read(): Promise<void> {
    if (this.reading) this.isOld = true;
    return (this.reading ??= this.readUntilNew().finally(() => (this.reading = undefined)));
  }

  private async readUntilNew(): Promise<void> {
    clearTimeout(this.timer);
    do {
      this.isOld = false;
      await this.readOnce();
    } while (this.isOld && !this.isEnding);
    if (this.isEnding) return;
    // In particular, it does not belong to the trace of the last change.
    const again = () => void otel.with(APART, () => this.read());
    this.timer = setTimeout(again, this.provider.problem ? TRY_AGAIN_MS : READ_EVERY_MS).unref();
  }

  private async readOnce(): Promise<void> {
    const { provider } = this;
    const wasFine = provider.problem === undefined;
    try {
      const question = GetFlagSnapshot.of({ known: provider.revision });
      const ask = () => this.queries.execute(question);
      const { revision, flags } = await runInRequest({ deadlineMs: READ_WITHIN_MS }, ask);
      if (flags) provider.replace(flags, revision);
      else provider.confirm(revision);
      if (!wasFine) this.logger.log('The flags are up to date again.');
    } catch (error) {
      provider.fail((error as Error).message);
      if (wasFine) this.logger.warn(`The flags could not be read; the last ones stay in force: ${String(error)}`);
    }
  }

  /** Outdated flags are no reason to take a process out of service. */
  private check(): Omit<CheckResult, 'name'> {
    const { problem, loadedAt, revision } = this.provider;
    if (problem === undefined) return { ok: true, detail: `revision ${revision ?? 0}` };
    const age = loadedAt && Math.round((this.clock.now().getTime() - loadedAt.getTime()) / 1_000);
    const which = age === undefined ? 'the defaults of the code' : `those of ${age} s ago`;
    return { ok: false, degraded: true, detail: `${which} are in force: ${problem}` };
  }
}

/** Whether a command leaves this process for another that hosts its module, as set by the module's flag. */
export function canaryByFlag(provider: FlagProvider): (question: CanaryQuestion) => boolean | undefined {
  return ({ module, stickyKey, principal }) => {
    // A user's commands take one route; commands without a user are routed by their subject.
    const context = { ...contextOf(principal), module, targetingKey: principal?.subject ?? stickyKey };
    const outcome = provider.evaluate(canaryKey(module), context);
    return outcome && outcome.value === true;
  };
}

@Module({ providers: [FeatureFlags] })
export class FeatureFlagsModule {}
