import type { CustomCrypto } from '@ethereumjs/common';
import { calculateSigRecovery, setLengthLeft } from '@ethereumjs/util';
import { createKeccak } from 'hash-wasm';
import secp256k1 from 'secp256k1';

/** The primitives for all hashes and signatures of the chain. */
export interface ChainCrypto extends CustomCrypto {
  keccak256: (message: Uint8Array) => Uint8Array;
  ecrecover: NonNullable<CustomCrypto['ecrecover']>;
}

let loaded: Promise<ChainCrypto> | undefined;

/**
 * Native secp256k1 and WebAssembly keccak: 5 to 20 times as fast as the pure JavaScript defaults, which makes recovery
 * and the state trie affordable. Compiled once per thread.
 */
export function loadChainCrypto(): Promise<ChainCrypto> {
  loaded ??= createKeccak(256).then((hasher) => ({
    keccak256: (message) => hasher.init().update(message).digest('binary'),
    ecrecover,
  }));
  return loaded;
}

/** @returns the 64 byte public key without its prefix. @throws if no key can have produced the signature. */
function ecrecover(hash: Uint8Array, v: bigint, r: Uint8Array, s: Uint8Array, chainId?: bigint): Uint8Array {
  const recovery = Number(calculateSigRecovery(v, chainId));
  if (recovery !== 0 && recovery !== 1) throw new Error('Invalid signature v value');
  const signature = new Uint8Array(64);
  signature.set(setLengthLeft(r, 32), 0);
  signature.set(setLengthLeft(s, 32), 32);
  return secp256k1.ecdsaRecover(signature, recovery, hash, false).slice(1);
}

/** Signs a digest. @returns r, s and the recovery id, 65 bytes; the same input always gives the same signature (RFC 6979). */
export function signDigest(digest: Uint8Array, privateKey: Uint8Array): Uint8Array {
  const { signature, recid } = secp256k1.ecdsaSign(digest, privateKey);
  const sealed = new Uint8Array(65);
  sealed.set(signature, 0);
  sealed[64] = recid;
  return sealed;
}

/** @returns the uncompressed public key (64 bytes) that produced the 65 byte signature. @throws if there is none. */
export function recoverDigest(digest: Uint8Array, signature: Uint8Array): Uint8Array {
  if (signature.length !== 65) throw new Error('A seal has 65 bytes');
  return secp256k1.ecdsaRecover(signature.subarray(0, 64), signature[64]!, digest, false).slice(1);
}

/** The 20 byte address of a private key. */
export function addressOfPrivateKey(privateKey: Uint8Array, keccak256: ChainCrypto['keccak256']): Uint8Array {
  return keccak256(secp256k1.publicKeyCreate(privateKey, false).slice(1)).slice(12);
}
