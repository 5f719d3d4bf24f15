import { RLP } from '@ethereumjs/rlp';
import {
  bigIntToUnpaddedBytes,
  bytesToBigInt,
  bytesToHex,
  bytesToUtf8,
  equalsBytes,
  hexToBytes,
  utf8ToBytes,
} from '@ethereumjs/util';
import { type ChainCrypto, recoverDigest, signDigest } from './chain-crypto.js';

/**
 * The consensus part of a block, stored next to it, as Ethereum separates consensus from execution: the proposer and
 * round, and the seals. The format supports several validators under QBFT (EEA QBFT v1).
 */
export interface Envelope {
  readonly version: number;
  readonly height: bigint;
  readonly round: number;
  /** Lower-case address of the validator whose turn it was. */
  readonly proposer: string;
  readonly blockHash: Uint8Array;
  /** 65 bytes each: r, s, recovery id. */
  readonly seals: readonly Uint8Array[];
}

export const ENVELOPE_VERSION = 1;
const SEAL_DOMAIN = utf8ToBytes('aitbc.seal.v1');

/** Validators take turns: by height, advancing by one for each failed round. */
export function proposerOf(validators: readonly string[], height: bigint, round: number): string {
  return validators[Number((height + BigInt(round)) % BigInt(validators.length))]!;
}

/** The number of seals that a block needs: two thirds of the validators, rounded up, as in QBFT. */
export function quorumOf(validators: readonly string[]): number {
  return Math.ceil((2 * validators.length) / 3);
}

/** The extraData of every block: commits the header to the validators (no votes yet: the genesis fixes the list). */
export function extraDataOf(validators: readonly string[], keccak256: ChainCrypto['keccak256']): Uint8Array {
  return keccak256(RLP.encode([validators.map((validator) => hexToBytes(validator as `0x${string}`)), []]));
}

export interface SealSubject {
  readonly chainId: bigint;
  readonly height: bigint;
  readonly round: number;
  readonly blockHash: Uint8Array;
  readonly extraData: Uint8Array;
}

/** What a validator signs: keccak(rlp[domain, chainId, height, round, blockHash, extraData]). */
export function sealDigest(subject: SealSubject, keccak256: ChainCrypto['keccak256']): Uint8Array {
  const { chainId, height, round, blockHash, extraData } = subject;
  const integers = [chainId, height, BigInt(round)].map(bigIntToUnpaddedBytes);
  return keccak256(RLP.encode([SEAL_DOMAIN, ...integers, blockHash, extraData]));
}

export function sealBlock(
  subject: SealSubject,
  validatorKey: Uint8Array,
  keccak256: ChainCrypto['keccak256'],
): Uint8Array {
  return signDigest(sealDigest(subject, keccak256), validatorKey);
}

/** Why an envelope does not make its block final; undefined if it does. */
export function envelopeFault(
  envelope: Envelope,
  subject: SealSubject,
  validators: readonly string[],
  keccak256: ChainCrypto['keccak256'],
): string | undefined {
  if (envelope.version !== ENVELOPE_VERSION) return `envelope version ${envelope.version} is unknown`;
  if (envelope.height !== subject.height) return 'the envelope is for another height';
  if (!equalsBytes(envelope.blockHash, subject.blockHash)) return 'the envelope is for another block';
  if (envelope.proposer !== proposerOf(validators, envelope.height, envelope.round))
    return 'it was not the turn of this proposer';
  const digest = sealDigest({ ...subject, round: envelope.round }, keccak256);
  const signers = new Set<string>();
  for (const seal of envelope.seals) {
    const signer = signerOf(digest, seal, keccak256);
    if (signer === undefined || !validators.includes(signer)) return 'a seal is not from a validator';
    if (signers.has(signer)) return 'a validator sealed twice';
    signers.add(signer);
  }
  return signers.size < quorumOf(validators)
    ? `${signers.size} seals are fewer than the quorum of ${quorumOf(validators)}`
    : undefined;
}

function signerOf(digest: Uint8Array, seal: Uint8Array, keccak256: ChainCrypto['keccak256']): string | undefined {
  try {
    return bytesToHex(keccak256(recoverDigest(digest, seal)).slice(12));
  } catch {
    return undefined;
  }
}

export function encodeEnvelope(envelope: Envelope): Uint8Array {
  const { version, height, round, proposer, blockHash, seals } = envelope;
  const integers = [BigInt(version), height, BigInt(round)].map(bigIntToUnpaddedBytes);
  return RLP.encode([utf8ToBytes('aitbc'), ...integers, hexToBytes(proposer as `0x${string}`), blockHash, [...seals]]);
}

/** @throws Error if the bytes are not an envelope. */
export function decodeEnvelope(bytes: Uint8Array): Envelope {
  const fields = RLP.decode(bytes) as Uint8Array[];
  if (!Array.isArray(fields) || fields.length !== 7 || bytesToUtf8(fields[0]!) !== 'aitbc')
    throw new Error('These bytes are no envelope.');
  const seals = fields[6] as unknown as Uint8Array[];
  return {
    version: Number(bytesToBigInt(fields[1]!)),
    height: bytesToBigInt(fields[2]!),
    round: Number(bytesToBigInt(fields[3]!)),
    proposer: bytesToHex(fields[4]!),
    blockHash: fields[5]!,
    seals: [...seals],
  };
}
