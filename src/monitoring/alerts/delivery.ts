/** What became of one attempt to deliver. */
export type Delivery =
  | { readonly delivered: true }
  | {
      readonly delivered: false;
      /** Another attempt would end the same. */
      readonly isFinal: boolean;
      /** For operators: holds no secret. */
      readonly error: string;
    };
