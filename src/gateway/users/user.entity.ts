import { instant, jsonColumn } from '@aitbc/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { UserView } from '../contract/index.js';

export type Role = 'user' | 'operator' | 'admin';

@Entity('gateway_users')
export class User {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id: string;

  /** Normalised: see `normalEmail`. */
  @Column({ type: 'varchar', length: 254, unique: true })
  email: string;

  @Column({ name: 'password_hash', type: 'varchar', length: 200 })
  passwordHash: string;

  @Column({ type: 'text', transformer: jsonColumn })
  roles: Role[];

  @Column({ name: 'created_at', type: 'bigint', transformer: instant })
  createdAt: Date;

  /** @param email as `normalEmail` writes it */
  static register(id: string, email: string, passwordHash: string, roles: Role[], now: Date): User {
    return Object.assign(new User(), { id, email, passwordHash, roles, createdAt: now });
  }
}

/** One spelling per mailbox owner: people write their address in any case and with stray blanks. */
export function normalEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

export function toUserView(user: User): UserView {
  return UserView.of({ id: user.id, email: user.email, roles: [...user.roles], createdAt: user.createdAt });
}
