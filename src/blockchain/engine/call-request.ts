/** A call that is not a transaction: it has no signature, costs nothing and changes nothing. */
export interface CallRequest {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly data: Uint8Array;
  readonly value: bigint;
  readonly gas?: bigint | undefined;
  /** What the caller would pay per gas; without it the call is free and sees a base fee of zero. */
  readonly fees?: CallFees | undefined;
  readonly accessList?: readonly AccessListEntry[] | undefined;
  readonly authorizationList?: readonly CallAuthorization[] | undefined;
  readonly stateOverrides?: readonly StateOverride[] | undefined;
  readonly blockOverrides?: BlockOverrides | undefined;
}

export interface CallFees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** An entry of an EIP-2930 access list, hex. */
export interface AccessListEntry {
  readonly address: string;
  readonly storageKeys: readonly string[];
}

/** An EIP-7702 authorization; one with a wrong signature is skipped, as in a transaction. */
export interface CallAuthorization {
  readonly chainId: bigint;
  readonly address: string;
  readonly nonce: bigint;
  readonly yParity: bigint;
  readonly r: bigint;
  readonly s: bigint;
}

/** Overrides of an account's state during the call. */
export interface StateOverride {
  readonly address: string;
  readonly balance?: bigint | undefined;
  readonly nonce?: bigint | undefined;
  readonly code?: Uint8Array | undefined;
  /** Slots and values of 32 bytes, hex. `replace` clears all other slots of the account. */
  readonly storage?: { readonly replace: boolean; readonly slots: readonly (readonly [string, string])[] } | undefined;
}

/** Overrides of the block that the call sees. */
export interface BlockOverrides {
  readonly number?: bigint | undefined;
  readonly timestamp?: bigint | undefined;
  readonly gasLimit?: bigint | undefined;
  readonly coinbase?: string | undefined;
  readonly prevRandao?: string | undefined;
  readonly baseFeePerGas?: bigint | undefined;
}
