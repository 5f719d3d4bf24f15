/** What happened to the spans of this process since its start. */
export class SpanCounters {
  /** Spans that ended. */
  ended = 0;
  /** Evicted spans of unsampled traces without a problem. */
  sampledOut = 0;
  /** Spans accepted by the external receiver. */
  exported = 0;
  /** Spans that should have been kept but were lost. */
  readonly dropped = {
    /** The export queue was full. */
    export_queue: 0,
    /** The receiver did not accept them. */
    export_failed: 0,
    /** The queue for the storing process was full, or there is no such process. */
    store_queue: 0,
    /** Monitoring limits what it stores per minute. */
    store_limit: 0,
    /** They were fetched, but the database did not accept them. */
    store_failed: 0,
  };
  /** Traces that this process found a reason to keep, sampled or not. */
  readonly problems = { failed: 0, slow: 0 };
}
