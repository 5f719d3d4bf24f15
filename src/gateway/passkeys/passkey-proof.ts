import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { PasskeyNeeded } from '../contract/index.js';
import { Sessions } from '../sessions/sessions.js';
import { Passkey } from './passkey.entity.js';

/**
 * Requires a passkey of users who have one before a change to the account's protection: with the password alone, a
 * thief of the password could add a second factor of their own. Part of the caller's unit of work.
 */
@Injectable()
export class PasskeyProof {
  constructor(
    @InjectRepository(Passkey, 'gateway') private readonly passkeys: Repository<Passkey>,
    private readonly sessions: Sessions,
  ) {}

  /**
   * @param session the caller's session
   * @throws PasskeyNeeded
   */
  async mustBeGiven(userId: string, session: string | undefined): Promise<void> {
    if (!(await this.passkeys.existsBy({ userId }))) return;
    if (!(await this.sessions.isStrong(userId, session))) throw new PasskeyNeeded();
  }
}
