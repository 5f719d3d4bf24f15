/** A client's request to a service. */
export interface Request {
  /** Stays the same when the request is resent, so that the receiver can detect duplicates. */
  readonly id: string;
  readonly name: string;
  /** Small; encoded as JSON. */
  readonly meta: unknown;
  /** Sent as is. */
  readonly body: string;
  /** Milliseconds since the epoch; after this it is not handled and its caller does not wait. */
  readonly deadline: number;
}

export interface Reply {
  readonly ok: boolean;
  /** Set by the client: the request was sent more than once, so another copy may be in progress. */
  readonly wasResent?: boolean;
  readonly meta?: unknown;
  readonly body: string;
}
