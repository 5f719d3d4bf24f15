import secp256k1 from 'secp256k1';
import { type Address, bytesToHex, type Hex, hexToBytes, keccak256, serializeTransaction } from 'viem';

/** The maximum cost of a transaction: gas times the highest price. */
export interface Fees {
  readonly gas: bigint;
  /** Base units per gas. */
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

export interface UnsignedTransaction extends Fees {
  readonly chainId: number;
  readonly nonce: number;
  /** Absent for contract creation. */
  readonly to?: Address;
  readonly value: bigint;
  readonly data?: Hex;
}

export interface SignedTransaction {
  readonly raw: Hex;
  readonly hash: Hex;
}

/**
 * Signs an EIP-1559 transaction. libsecp256k1 takes about 50 µs, so this runs on the event loop; nonces are
 * deterministic (RFC 6979) and signatures have a low s, as the chain requires.
 */
export function signTransaction(transaction: UnsignedTransaction, privateKey: Uint8Array): SignedTransaction {
  const unsigned = { type: 'eip1559', ...transaction } as const;
  const digest = hexToBytes(keccak256(serializeTransaction(unsigned)));
  const { signature, recid } = secp256k1.ecdsaSign(digest, privateKey);
  const raw = serializeTransaction(unsigned, {
    r: bytesToHex(signature.subarray(0, 32)),
    s: bytesToHex(signature.subarray(32)),
    yParity: recid,
  });
  return { raw, hash: keccak256(raw) };
}

/** The balance that the sender needs: the value plus the maximum fee. */
export function highestCost({ value, gas, maxFeePerGas }: { value: bigint } & Fees): bigint {
  return value + gas * maxFeePerGas;
}
