/** The user on whose behalf a message is sent. */
export interface Principal {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
}

/** Metadata sent with a message and available to its handler. */
export interface MessageMetadata {
  readonly id: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly principal?: Principal;
  /** The network address of the originating request; absent if there was none. */
  readonly origin?: string;
  /** When the event being handled was published; absent for other messages. */
  readonly publishedAt?: Date;
  /** Milliseconds since the epoch; after this the caller no longer waits for the answer. */
  readonly deadline: number;
  /**
   * Orders the attempts at one command, such as requests with the same idempotency key: later attempts have greater
   * numbers, and 1 means that there was none before. All copies of one attempt share a number.
   */
  readonly attempt?: number;
}
