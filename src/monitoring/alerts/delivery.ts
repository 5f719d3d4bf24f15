/** The result of one delivery attempt. */
export type Delivery =
  | { readonly delivered: true }
  | {
      readonly delivered: false;
      /** A retry would fail the same way. */
      readonly isFinal: boolean;
      /** Shown to operators: contains no secret. */
      readonly error: string;
    };
