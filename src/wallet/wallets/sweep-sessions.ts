import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThanOrEqual, Repository } from 'typeorm';
import { Background } from '../background.js';
import { UnlockSession } from './unlock-session.entity.js';

const EVERY_MS = 30_000;

/** Removes the keys of expired sessions. They are unusable even before that. */
@Injectable()
export class SweepSessions implements OnApplicationBootstrap {
  constructor(
    @InjectRepository(UnlockSession, 'wallet') private readonly sessions: Repository<UnlockSession>,
    private readonly background: Background,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every('sweep-sessions', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    const over = { expiresAt: LessThanOrEqual(this.background.now) };
    // Checks on a reader first: usually there is nothing to write.
    if (!(await this.sessions.existsBy(over))) return;
    // Not delete(over): TypeORM ignores the column's transformer for its operators there.
    const now = this.background.now.getTime();
    await this.background.transaction(() =>
      this.sessions.createQueryBuilder().delete().where('expires_at <= :now', { now }).execute(),
    );
  }
}
