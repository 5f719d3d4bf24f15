/** Storage quotas per minute, so that a storm of errors does not fill the disk. */
export interface AdmissionLimits {
  readonly traces: number;
  /** The part of it for merely sampled traces, which must not crowd out problems. */
  readonly sampled: number;
  readonly spans: number;
  /** Per trace, however long it lasts. */
  readonly spansOfTrace: number;
}

export const ADMISSION: AdmissionLimits = { traces: 300, sampled: 200, spans: 12_000, spansOfTrace: 1_000 };

const MINUTE_MS = 60_000;
const REMEMBERED = 10_000;

interface Decision {
  readonly admitted: boolean;
  readonly asProblem: boolean;
  spans: number;
}

/**
 * Decides which spans are stored. A trace is admitted or rejected as a whole on its first span, and later spans follow
 * that decision. A trace rejected as a mere sample is reconsidered if it turns out to be a problem.
 */
export class TraceAdmission {
  private readonly decided = new Map<string, Decision>();
  private minute = 0;
  private used = { traces: 0, sampled: 0, spans: 0 };

  constructor(private readonly limits: AdmissionLimits = ADMISSION) {}

  /** @param isProblem whether the trace is kept because of a problem */
  admits(traceId: string, isProblem: boolean, now: Date): boolean {
    this.beginMinute(Math.floor(now.getTime() / MINUTE_MS));
    const known = this.decided.get(traceId);
    const trace = !known || mayBeJudgedAnew(known, isProblem) ? this.decide(traceId, isProblem) : known;
    if (!trace.admitted || trace.spans >= this.limits.spansOfTrace || this.used.spans >= this.limits.spans)
      return false;
    trace.spans += 1;
    this.used.spans += 1;
    return true;
  }

  private decide(traceId: string, isProblem: boolean): Decision {
    const { traces, sampled } = this.limits;
    const admitted = this.used.traces < traces && (isProblem || this.used.sampled < sampled);
    if (admitted) this.used.traces += 1;
    if (admitted && !isProblem) this.used.sampled += 1;
    const trace = { admitted, asProblem: isProblem, spans: 0 };
    if (this.decided.size >= REMEMBERED) this.decided.delete(this.decided.keys().next().value!);
    this.decided.set(traceId, trace);
    return trace;
  }

  private beginMinute(minute: number): void {
    if (minute === this.minute) return;
    this.minute = minute;
    this.used = { traces: 0, sampled: 0, spans: 0 };
  }
}

const mayBeJudgedAnew = ({ admitted, asProblem }: Decision, isProblem: boolean) => isProblem && !asProblem && !admitted;
