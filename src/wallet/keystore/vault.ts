import { AppConfig, normalPassword, PasswordWork } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { MasterKey } from './master-key.js';
import type { Account } from './mnemonic.js';
import {
  decryptKeystore,
  encryptKeystore,
  type Keystore,
  SCRYPT_COST,
  type ScryptCost,
  WrongKeystorePassword,
} from './web3-secret-storage.js';

/** Two of libuv's four threads: the others stay with files and the database. Each holds 32 MiB. */
const KEY_DERIVATIONS = { atOnce: 2, waiting: 128, perCaller: 8, milliseconds: 300 };

/** Where wallets' keys go in and come out. */
@Injectable()
export class Vault {
  /** Of new keystores; the tests of everything else lower it. */
  cost: ScryptCost = SCRYPT_COST;
  private readonly masterKey: MasterKey;
  private readonly deriving = new PasswordWork(KEY_DERIVATIONS);

  constructor(config: AppConfig) {
    this.masterKey = new MasterKey(config.walletMasterKey);
  }

  /**
   * A keystore under the password, sealed under the master key. Takes about 0.3 s, off the event loop.
   * @throws TooManyAtOnce, DeadlineExceeded before it is begun
   */
  async lockAway(walletId: string, { privateKey, address }: Account, password: string): Promise<string> {
    const keystore = await this.deriving.run('keystore', () =>
      encryptKeystore(privateKey, normalPassword(password), address, this.cost),
    );
    return this.masterKey.seal(Buffer.from(JSON.stringify(keystore)), `keystore of ${walletId}`);
  }

  /** @throws WrongKeystorePassword, TooManyAtOnce, DeadlineExceeded */
  async takeOut(walletId: string, sealed: string, password: string): Promise<Uint8Array> {
    const keystore = JSON.parse(this.masterKey.open(sealed, `keystore of ${walletId}`).toString()) as Keystore;
    const normal = normalPassword(password);
    try {
      return await this.deriving.run('keystore', () => decryptKeystore(keystore, normal));
    } catch (error) {
      // Keystores of before were made with the password as it was typed.
      if (!(error instanceof WrongKeystorePassword) || normal === password) throw error;
      return this.deriving.run('keystore', () => decryptKeystore(keystore, password));
    }
  }

  /** The time limit is part of what is sealed: nobody prolongs a session by changing its row. */
  wrap(walletId: string, privateKey: Uint8Array, until: Date): string {
    return this.masterKey.seal(privateKey, sessionOf(walletId, until));
  }

  unwrap(walletId: string, wrapped: string, until: Date): Uint8Array {
    return this.masterKey.open(wrapped, sessionOf(walletId, until));
  }
}

const sessionOf = (walletId: string, until: Date) => `session of ${walletId} until ${until.getTime()}`;
