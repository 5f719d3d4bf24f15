import fc from 'fast-check';
import { bytesToHex } from '@ethereumjs/util';
import { addressOfPrivateKey, type ChainCrypto, loadChainCrypto } from './chain-crypto.js';
import {
  decodeEnvelope,
  encodeEnvelope,
  type Envelope,
  ENVELOPE_VERSION,
  envelopeFault,
  proposerOf,
  quorumOf,
  sealBlock,
} from './envelope.js';

const keys = [1, 2, 3, 4].map((byte) => new Uint8Array(32).fill(byte));

describe('an envelope', () => {
  let crypto: ChainCrypto;
  let validators: string[];

  beforeAll(async () => {
    crypto = await loadChainCrypto();
    validators = keys.map((key) => bytesToHex(addressOfPrivateKey(key, crypto.keccak256)));
  });

  it('comes back from its bytes as it was', () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    const arbitrary = fc.record({
      version: fc.integer({ min: 0, max: 255 }),
      height: fc.bigInt(0n, 2n ** 63n),
      round: fc.integer({ min: 0, max: 2 ** 31 }),
      proposer: bytes(20).map((address) => bytesToHex(address) as string),
      blockHash: bytes(32),
      seals: fc.array(bytes(65), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(arbitrary, (envelope) => {
        expect(decodeEnvelope(encodeEnvelope(envelope))).toEqual(envelope);
      }),
    );
  });

  const subject = {
    chainId: 7733n,
    height: 9n,
    round: 0,
    blockHash: new Uint8Array(32).fill(7),
    extraData: new Uint8Array(32).fill(8),
  };
  const sealed = (round: number, signers: readonly number[], height = subject.height): Envelope => ({
    version: ENVELOPE_VERSION,
    height,
    round,
    proposer: proposerOf(validators, height, round),
    blockHash: subject.blockHash,
    seals: signers.map((signer) => sealBlock({ ...subject, round, height }, keys[signer]!, crypto.keccak256)),
  });
  const fault = (envelope: Envelope): string | undefined =>
    envelopeFault(envelope, subject, validators, crypto.keccak256);

  it('makes a block final with seals of two thirds, in any round', () => {
    expect(quorumOf(validators)).toBe(3);
    expect(fault(sealed(0, [0, 1, 2]))).toBeUndefined();
    expect(fault(sealed(2, [3, 1, 2]))).toBeUndefined();
  });

  it('is refused for too few seals, doubled ones, another round, height, proposer or version', () => {
    expect(fault(sealed(0, [0, 1]))).toMatch(/fewer than the quorum/);
    expect(fault(sealed(0, [0, 1, 1]))).toMatch(/twice/);
    expect(fault({ ...sealed(0, [0, 1, 2]), round: 4 })).toMatch(/not from a validator/);
    expect(fault(sealed(0, [0, 1, 2], 8n))).toMatch(/another height/);
    expect(fault({ ...sealed(0, [0, 1, 2]), proposer: validators[0]! })).toMatch(/turn/);
    expect(fault({ ...sealed(0, [0, 1, 2]), version: 2 })).toMatch(/version/);
  });
});
