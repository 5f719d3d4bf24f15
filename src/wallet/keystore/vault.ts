import { AppConfig, normalPassword, PasswordWork, SealingKeys } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import type { Account } from './mnemonic.js';
import {
  decryptKeystore,
  encryptKeystore,
  type Keystore,
  SCRYPT_COST,
  type ScryptCost,
  WrongKeystorePassword,
} from './web3-secret-storage.js';

/** Two of libuv's four threads: the others remain for files and the database. Each uses 32 MiB. */
const KEY_DERIVATIONS = { atOnce: 2, waiting: 128, perCaller: 8, milliseconds: 300 };

/** Encrypts and decrypts the wallets' keys. */
@Injectable()
export class Vault {
  /** For new keystores; lowered in tests. */
  cost: ScryptCost = SCRYPT_COST;
  private readonly keys: SealingKeys;
  private readonly deriving = new PasswordWork(KEY_DERIVATIONS);

  constructor(config: AppConfig) {
    this.keys = masterKeys(config.walletMasterKeys);
  }

  /**
   * Encrypts a key with the password, then seals it with the master key. Takes about 0.3 s, off the event loop.
   * @throws TooManyAtOnce, DeadlineExceeded before it starts
   */
  async lockAway(walletId: string, { privateKey, address }: Account, password: string): Promise<string> {
    const keystore = await this.deriving.run('keystore', () =>
      encryptKeystore(privateKey, normalPassword(password), address, this.cost),
    );
    return this.keys.seal(Buffer.from(JSON.stringify(keystore)), keystoreOf(walletId));
  }

  /** @throws WrongKeystorePassword, TooManyAtOnce, DeadlineExceeded */
  async takeOut(walletId: string, sealed: string, password: string): Promise<Uint8Array> {
    const keystore = JSON.parse(this.keys.open(sealed, keystoreOf(walletId)).toString()) as Keystore;
    const normal = normalPassword(password);
    try {
      return await this.deriving.run('keystore', () => decryptKeystore(keystore, normal));
    } catch (error) {
      // Older keystores used the password as typed.
      if (!(error instanceof WrongKeystorePassword) || normal === password) throw error;
      return this.deriving.run('keystore', () => decryptKeystore(keystore, password));
    }
  }

  /** The expiry is part of the sealed data: changing the row does not extend a session. */
  wrap(walletId: string, privateKey: Uint8Array, until: Date): string {
    return this.keys.seal(privateKey, sessionOf(walletId, until));
  }

  unwrap(walletId: string, wrapped: string, until: Date): Uint8Array {
    return this.keys.open(wrapped, sessionOf(walletId, until));
  }
}

/** Without these keys a stolen database is worthless, even for guessing passwords. */
export const masterKeys = (secrets: readonly string[]) => new SealingKeys(secrets, 'aitbc wallet seal v1');

export const keystoreOf = (walletId: string) => `keystore of ${walletId}`;
export const sessionOf = (walletId: string, until: Date) => `session of ${walletId} until ${until.getTime()}`;
