import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Keys for encryption at rest: a stolen database is worthless without them. One is used and others are accepted, so
 * that keys can be rotated while the system runs. A value sealed for one purpose cannot be opened for another.
 */
export class SealingKeys {
  private readonly keys: readonly Buffer[];

  /**
   * @param secrets 32 bytes in hex each; the first is used
   * @param label separates this use of a secret from its other uses
   */
  constructor(secrets: readonly string[], label: string) {
    if (secrets.length === 0) throw new Error('There is no secret to seal with.');
    this.keys = secrets.map((secret) => derive(secret, label));
  }

  /** AES-256-GCM with a random nonce; base64 of nonce, ciphertext and tag. */
  seal(plain: Uint8Array, purpose: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.keys[0]!, nonce).setAAD(Buffer.from(purpose));
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64');
  }

  /** @throws Error if it was altered, or sealed for another purpose or under a key that is not accepted */
  open(sealed: string, purpose: string): Buffer {
    for (const key of this.keys) {
      const plain = tryToOpen(key, sealed, purpose);
      if (plain) return plain;
    }
    throw new Error('This was not sealed for this purpose under any of the accepted keys.');
  }

  /**
   * The value resealed under the key in use; undefined if it already is.
   * @throws Error as {@link open} does
   */
  reseal(sealed: string, purpose: string): string | undefined {
    if (tryToOpen(this.keys[0]!, sealed, purpose)) return undefined;
    const plain = this.open(sealed, purpose);
    try {
      return this.seal(plain, purpose);
    } finally {
      plain.fill(0);
    }
  }
}

/** Derived, so that the configured secret can serve other purposes without two ciphers sharing it. */
function derive(secret: string, label: string): Buffer {
  if (!/^[0-9a-f]{64}$/.test(secret)) throw new Error('A key is 32 bytes in hex.');
  return createHmac('sha256', Buffer.from(secret, 'hex')).update(label).digest();
}

function tryToOpen(key: Buffer, sealed: string, purpose: string): Buffer | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
