/** What became of the spans of this process, since it started. */
export class SpanCounters {
  /** Spans that ended. */
  ended = 0;
  /** Spans of traces outside the sample that made room for others: nothing had gone wrong in them. */
  sampledOut = 0;
  /** Spans that a receiver outside took. */
  exported = 0;
  /** Spans that should have been kept and were not. */
  readonly dropped = {
    /** Too many waited for the receiver. */
    export_queue: 0,
    /** The receiver did not take them. */
    export_failed: 0,
    /** Too many waited for the process that stores them, or there is none. */
    store_queue: 0,
    /** Monitoring stores only so many a minute. */
    store_limit: 0,
    /** They were fetched, and the database did not take them. */
    store_failed: 0,
  };
  /** Traces in which this process found a reason to keep them, sampled or not. */
  readonly problems = { failed: 0, slow: 0 };
}
