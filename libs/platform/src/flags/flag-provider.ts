import {
  type EvaluationContext,
  FlagNotFoundError,
  type JsonValue,
  OpenFeatureEventEmitter,
  type Provider,
  ProviderEvents,
  type ResolutionDetails,
  StandardResolutionReasons,
  TypeMismatchError,
} from '@openfeature/server-sdk';
import type { Clock } from '../time/clock.js';
import { declaredFlags } from './declared-flags.js';
import { evaluateFlag, type FlagOutcome } from './evaluate-flag.js';
import type { Flag, FlagKind } from './flag.js';

/**
 * An OpenFeature provider on an in-memory copy of the flags: evaluation needs no I/O. Until flags are first loaded, and
 * for flags that are not stored, the defaults in the code apply; if a reload fails, the last loaded flags stay in
 * force.
 */
export class FlagProvider implements Provider {
  readonly runsOn = 'server';
  readonly metadata = { name: 'aitbc' };
  readonly events = new OpenFeatureEventEmitter();
  private flags: ReadonlyMap<string, Flag> = new Map();
  private seen?: { readonly revision: number; readonly at: Date };
  private failure?: string;

  constructor(private readonly clock: Clock) {}

  /** The revision of the flags in force; undefined before the first load. */
  get revision(): number | undefined {
    return this.seen?.revision;
  }

  /** When the flags were last confirmed as current; undefined if never. */
  get loadedAt(): Date | undefined {
    return this.seen?.at;
  }

  /** Why the flags in force may be outdated; undefined if they are current. */
  get problem(): string | undefined {
    return this.failure;
  }

  /** Replaces the flags in force, immediately. */
  replace(flags: readonly Flag[], revision: number): void {
    const before = this.flags;
    this.flags = new Map(flags.map((flag) => [flag.key, flag]));
    this.confirm(revision);
    const flagsChanged = changedKeys(before, this.flags);
    if (flagsChanged.length > 0) this.events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged });
  }

  /** Confirms that the flags in force are still current. */
  confirm(revision: number): void {
    this.seen = { revision, at: this.clock.now() };
    if (this.failure === undefined) return;
    this.failure = undefined;
    this.events.emit(ProviderEvents.Ready, {});
  }

  /** A load failed; the flags in force stay. */
  fail(problem: string): void {
    const isNew = this.failure === undefined;
    this.failure = problem;
    if (isNew) this.events.emit(ProviderEvents.Stale, { message: problem });
  }

  /** The result of a stored flag; undefined if the flag is not stored. */
  evaluate(key: string, context: EvaluationContext): FlagOutcome | undefined {
    const flag = this.flags.get(key);
    return flag && evaluateFlag(flag, this.flags, context, this.clock.now());
  }

  async resolveBooleanEvaluation(key: string, fallback: boolean, context: EvaluationContext) {
    return this.resolve(key, 'boolean', fallback, context);
  }

  async resolveStringEvaluation(key: string, fallback: string, context: EvaluationContext) {
    return this.resolve(key, 'string', fallback, context);
  }

  async resolveNumberEvaluation(key: string, fallback: number, context: EvaluationContext) {
    return this.resolve(key, 'number', fallback, context);
  }

  async resolveObjectEvaluation<T extends JsonValue>(key: string, fallback: T, context: EvaluationContext) {
    return this.resolve(key, 'object', fallback, context);
  }

  private resolve<T>(key: string, kind: FlagKind, fallback: T, context: EvaluationContext): ResolutionDetails<T> {
    const flag = this.flags.get(key);
    if (!flag) {
      if (!declaredFlags.has(key)) throw new FlagNotFoundError(`There is no flag "${key}".`);
      return { value: fallback, reason: StandardResolutionReasons.DEFAULT };
    }
    if (flag.kind !== kind) throw new TypeMismatchError(`The flag "${key}" is a ${flag.kind}, not a ${kind}.`);
    const { value, variant, reason, cause, rule } = this.evaluate(key, context)!;
    const flagMetadata = { version: flag.version, cause, ...(rule === undefined ? {} : { rule }) };
    return { value: value as T, variant, reason, flagMetadata };
  }
}

function changedKeys(before: ReadonlyMap<string, Flag>, after: ReadonlyMap<string, Flag>): string[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((key) => before.get(key)?.version !== after.get(key)?.version);
}
