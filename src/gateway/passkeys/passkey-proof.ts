import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { PasskeyNeeded } from '../contract/index.js';
import { Sessions } from '../sessions/sessions.js';
import { Passkey } from './passkey.entity.js';

/**
 * Asks whoever has passkeys for one, before the protection of the account is changed: with the password alone a thief of
 * the password would make a second factor of their own. Part of the caller's unit of work.
 */
@Injectable()
export class PasskeyProof {
  constructor(
    @InjectRepository(Passkey, 'gateway') private readonly passkeys: Repository<Passkey>,
    private readonly sessions: Sessions,
  ) {}

  /**
   * @param session that the caller came in
   * @throws PasskeyNeeded
   */
  async mustBeGiven(userId: string, session: string | undefined): Promise<void> {
    if (!(await this.passkeys.existsBy({ userId }))) return;
    if (!(await this.sessions.isStrong(userId, session))) throw new PasskeyNeeded();
  }
}
