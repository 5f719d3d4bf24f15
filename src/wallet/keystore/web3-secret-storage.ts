import { createCipheriv, createDecipheriv, randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { keccak256 } from 'viem';

/** Web3 Secret Storage, version 3, compatible with geth, MetaMask and others; scrypt only. */
export interface Keystore {
  readonly version: 3;
  readonly id: string;
  readonly address?: string;
  readonly crypto: {
    readonly cipher: string;
    readonly ciphertext: string;
    readonly cipherparams: { readonly iv: string };
    readonly kdf: string;
    readonly kdfparams: ScryptParameters;
    readonly mac: string;
  };
}

interface ScryptParameters {
  readonly n: number;
  readonly r: number;
  readonly p: number;
  readonly dklen: number;
  readonly salt: string;
}

/** What scrypt costs: n is memory (128 * n * r bytes) and time, p is time. */
export interface ScryptCost {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/**
 * 32 MiB and about 0.3 s: as strong as n = 2^17 according to OWASP, in a quarter of the memory, since several may run
 * at once.
 */
export const SCRYPT_COST: ScryptCost = { n: 2 ** 15, r: 8, p: 3 };

/** The memory limit for a stored keystore: scrypt needs 128 * n * r bytes. */
const MAX_SCRYPT_BYTES = 512 * 1024 * 1024;

export class WrongKeystorePassword extends Error {}
export class UnsupportedKeystore extends Error {}

const scryptAsync = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);

/** Encrypts a private key of 32 bytes with a password. The key derivation runs off the event loop. */
export async function encryptKeystore(
  privateKey: Uint8Array,
  password: string,
  address: string,
  cost: ScryptCost = SCRYPT_COST,
): Promise<Keystore> {
  const salt = randomBytes(32);
  const iv = randomBytes(16);
  const kdfparams: ScryptParameters = { ...cost, dklen: 32, salt: salt.toString('hex') };
  const derived = await deriveByScrypt(password, kdfparams);
  const cipher = createCipheriv('aes-128-ctr', derived.subarray(0, 16), iv);
  const ciphertext = Buffer.concat([cipher.update(privateKey), cipher.final()]);
  return {
    version: 3,
    id: randomUUID(),
    address: address.toLowerCase().replace('0x', ''),
    crypto: {
      cipher: 'aes-128-ctr',
      ciphertext: ciphertext.toString('hex'),
      cipherparams: { iv: iv.toString('hex') },
      kdf: 'scrypt',
      kdfparams,
      mac: macOf(derived, ciphertext).toString('hex'),
    },
  };
}

/**
 * Decrypts the private key of a keystore.
 * @throws WrongKeystorePassword if the password is wrong
 * @throws UnsupportedKeystore if it is not a version 3 keystore with scrypt, or exceeds the cost limit
 */
export async function decryptKeystore(keystore: Keystore, password: string): Promise<Uint8Array> {
  const { version, crypto } = keystore;
  if (version !== 3 || crypto.cipher !== 'aes-128-ctr' || crypto.kdf !== 'scrypt') {
    throw new UnsupportedKeystore('not a version 3 keystore under scrypt');
  }
  const derived = await deriveByScrypt(password, crypto.kdfparams);
  const ciphertext = Buffer.from(crypto.ciphertext, 'hex');
  const mac = Buffer.from(crypto.mac, 'hex');
  const expected = macOf(derived, ciphertext);
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) throw new WrongKeystorePassword();
  const decipher = createDecipheriv('aes-128-ctr', derived.subarray(0, 16), Buffer.from(crypto.cipherparams.iv, 'hex'));
  return new Uint8Array(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
}

async function deriveByScrypt(password: string, { n, r, p, dklen, salt }: ScryptParameters): Promise<Buffer> {
  const memory = 128 * n * r;
  if (dklen < 32 || memory > MAX_SCRYPT_BYTES)
    throw new UnsupportedKeystore('its scrypt parameters are not acceptable');
  // OpenSSL needs slightly more than the algorithm's 128 * n * r bytes.
  const maxmem = memory + 128 * r * (p + 2) + 1024;
  return scryptAsync(password, Buffer.from(salt, 'hex'), dklen, { N: n, r, p, maxmem });
}

function macOf(derived: Buffer, ciphertext: Buffer): Buffer {
  return Buffer.from(keccak256(Buffer.concat([derived.subarray(16, 32), ciphertext])).slice(2), 'hex');
}
