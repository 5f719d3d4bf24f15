/** What a client asks a service. */
export interface Request {
  /** Stays the same when the request is sent again: the receiver can tell. */
  readonly id: string;
  readonly name: string;
  /** Small, travels as JSON. */
  readonly meta: unknown;
  /** Travels as it is. */
  readonly body: string;
  /** Milliseconds since the epoch: later it is neither handled nor waited for. */
  readonly deadline: number;
}

export interface Reply {
  readonly ok: boolean;
  /** Set by the client: the request was sent more than once, so that another copy of it may be under way. */
  readonly wasResent?: boolean;
  readonly meta?: unknown;
  readonly body: string;
}
