/** Who a message is sent for. */
export interface Principal {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
}

/** What travels beside a message's data and is readable in its handler. */
export interface MessageMetadata {
  readonly id: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly principal?: Principal;
  /** The network address that the request came from which caused this; absent where nothing outside did. */
  readonly origin?: string;
  /** When the event that is being handled was published; absent while anything else is handled. */
  readonly publishedAt?: Date;
  /** Milliseconds since the epoch after which nobody waits for the answer. */
  readonly deadline: number;
  /**
   * Orders the tries at one command, such as the requests under one idempotency key: a later one has a greater number,
   * and 1 says that there was none before. All copies of one try have the same.
   */
  readonly attempt?: number;
}
