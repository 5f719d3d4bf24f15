import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The server's own key: whoever steals the database without it gets nothing, not even something to guess passwords against.
 * What is sealed for one purpose (say, the keystore of one wallet) opens for no other.
 */
export class MasterKey {
  private readonly key: Buffer;

  /** @param masterKey 32 bytes, hex */
  constructor(masterKey: string) {
    if (!/^[0-9a-f]{64}$/.test(masterKey)) throw new Error('A master key is 32 bytes in hex.');
    // Derived, so that the configured key can serve other purposes without two ciphers sharing it.
    this.key = createHmac('sha256', Buffer.from(masterKey, 'hex')).update('aitbc wallet seal v1').digest();
  }

  /** AES-256-GCM with a random nonce; base64 of nonce, ciphertext and tag. */
  seal(plain: Uint8Array, purpose: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(purpose));
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64');
  }

  /** @throws Error when it was altered, sealed for another purpose or under another key */
  open(sealed: string, purpose: string): Buffer {
    const bytes = Buffer.from(sealed, 'base64');
    if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error('Nothing was sealed here.');
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  }
}
