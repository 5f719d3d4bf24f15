import { countColumn, instant, jsonColumn } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { PasskeyKeyView, PasskeyNotAccepted, PasskeyView } from '../contract/index.js';

interface NewPasskey {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly synced: boolean;
}

/** A user's key pair, whose private half never leaves the user's devices. */
@Entity('gateway_passkeys')
export class Passkey {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id: string;

  @Index('gateway_passkeys_user')
  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  @Column({ type: 'varchar', length: 64 })
  name: string;

  /** The authenticator's id for it; base64url. */
  @Column({ name: 'credential_id', type: 'varchar', length: 1364, unique: true })
  credentialId: string;

  /** COSE, in base64url. */
  @Column({ name: 'public_key', type: 'varchar', length: 2000 })
  publicKey: string;

  /** The authenticator's signature count. Always 0 for a passkey on several devices. */
  @Column({ type: 'bigint', transformer: countColumn })
  counter: number;

  /** Hints for the browser about how to reach the authenticator. */
  @Column({ type: 'text', transformer: jsonColumn })
  transports: string[];

  @Column({ type: 'boolean' })
  synced: boolean;

  @Column({ name: 'created_at', type: 'bigint', transformer: instant })
  createdAt: Date;

  @Column({ name: 'last_used_at', type: 'bigint', nullable: true, transformer: instant })
  lastUsedAt: Date | null;

  static add({ transports, ...fields }: NewPasskey, now: Date): Passkey {
    return Object.assign(new Passkey(), { ...fields, transports: [...transports], createdAt: now, lastUsedAt: null });
  }

  /** @throws PasskeyNotAccepted if the counter indicates a copy of the key */
  use(counter: number, now: Date): void {
    if ((counter > 0 || this.counter > 0) && counter <= this.counter) throw new PasskeyNotAccepted();
    this.counter = counter;
    this.lastUsedAt = now;
  }

  toView(): PasskeyView {
    const { id, name, synced, createdAt, lastUsedAt } = this;
    return PasskeyView.of({ id, name, synced, createdAt, lastUsedAt });
  }

  toKey(): PasskeyKeyView {
    const { id, userId, publicKey } = this;
    return PasskeyKeyView.of({ id, userId, publicKey });
  }
}
