/** A unit of work did nothing, for a reason that is not a failure. */
export abstract class NotApplied extends Error {}

/** The message was handled before; nothing was done now. */
export class AlreadyHandled extends NotApplied {
  constructor(readonly recorded: string | null) {
    super('The message was handled before.');
  }
}

/** An attempt at the message was finally rejected, and this is not a later one; nothing was done. */
export class RejectedBefore extends NotApplied {
  constructor(readonly recorded: string) {
    super('The message was rejected before.');
  }
}

/** The rejection is recorded: no earlier attempt at the message can commit any more. */
export class FinalRejection extends NotApplied {
  constructor(override readonly cause: unknown) {
    super('The message was rejected for good.');
  }
}

/** A dead letter of the same handler and key comes first; nothing was done. */
export class LaneParked extends NotApplied {
  constructor(handler: string, key: string) {
    super(`A dead letter of ${handler} and ${key} comes first.`);
  }
}
