import { Clock } from '@aitbc/platform';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import { SessionWithdrawn, TokensWithdrawn } from '../contract/index.js';
import { User } from '../users/user.entity.js';
import { ACCESS_TOKEN_SECONDS } from './access-token-life.js';
import { RefreshToken } from './refresh-token.entity.js';

/** A process that missed the broadcast still refuses a withdrawn token within a second. */
const ASK_EVERY_MS = 800;
/** Until the last earlier token has expired, by any clock. */
const REMEMBERED_MS = (ACCESS_TOKEN_SECONDS + 60) * 1000;
/** How far each poll overlaps the previous one: clocks differ, and transactions take time to commit. */
const OVERLAP_MS = 60_000;

interface Withdrawal {
  readonly version: number;
  readonly at: Date;
}

/**
 * Access tokens refused before their expiry: of users who were locked, signed out everywhere or given other roles in
 * the last quarter of an hour, and of sessions ended since. A broadcast informs every process at once; each also polls
 * the database at startup and every second, because a broadcast may be lost.
 */
@Injectable()
export class WithdrawnTokens implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(WithdrawnTokens.name);
  private readonly users = new Map<string, Withdrawal>();
  private readonly sessions = new Map<string, Date>();
  private lastAsked = new Date(0);
  private timer?: NodeJS.Timeout;
  private isAway = false;

  constructor(
    @InjectRepository(User, 'gateway') private readonly accounts: Repository<User>,
    @InjectRepository(RefreshToken, 'gateway') private readonly refreshTokens: Repository<RefreshToken>,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.ask();
    this.askLater();
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** @param version of the user's credentials when the token was issued */
  includes(userId: string, version: number, sessionId: string | undefined): boolean {
    if (sessionId !== undefined && this.sessions.has(sessionId)) return true;
    const withdrawal = this.users.get(userId);
    return withdrawal !== undefined && version < withdrawal.version;
  }

  remember(userId: string, { version, at }: Withdrawal): void {
    const known = this.users.get(userId);
    if (!known || known.version < version) this.users.set(userId, { version, at });
  }

  rememberSession(sessionId: string, at: Date): void {
    this.sessions.set(sessionId, at);
  }

  /** Loads withdrawals that this process has missed, and drops expired ones. */
  async ask(): Promise<void> {
    const now = this.clock.now();
    const oldest = new Date(now.getTime() - REMEMBERED_MS);
    const since = new Date(Math.max(oldest.getTime(), this.lastAsked.getTime() - OVERLAP_MS));
    const users = await this.accounts.find({
      select: { id: true, credentialsVersion: true, credentialsChangedAt: true },
      where: { credentialsChangedAt: MoreThan(since) },
    });
    for (const { id, credentialsVersion: version, credentialsChangedAt: at } of users) {
      this.remember(id, { version, at: at! });
    }
    const tokens = await this.refreshTokens.find({
      select: { tokenHash: true, familyId: true, revokedAt: true },
      where: { revokedAt: MoreThan(since) },
    });
    for (const { familyId, revokedAt } of tokens) this.rememberSession(familyId, revokedAt!);
    for (const [userId, { at }] of this.users) if (at <= oldest) this.users.delete(userId);
    for (const [sessionId, at] of this.sessions) if (at <= oldest) this.sessions.delete(sessionId);
    this.lastAsked = now;
  }

  private askLater(): void {
    this.timer = setTimeout(() => void this.askAgain(), ASK_EVERY_MS).unref();
  }

  private async askAgain(): Promise<void> {
    try {
      await this.ask();
      this.isAway = false;
    } catch (error) {
      // Broadcasts still arrive; and while the database is unavailable, no account is locked either.
      if (this.timer && !this.isAway) this.logger.warn(`Which tokens were withdrawn cannot be read: ${String(error)}`);
      this.isAway = true;
    }
    if (this.timer) this.askLater();
  }
}

@EventsHandler(TokensWithdrawn)
export class RememberWithdrawnTokens implements IEventHandler<TokensWithdrawn> {
  constructor(private readonly withdrawn: WithdrawnTokens) {}

  handle({ userId, version, at }: TokensWithdrawn): void {
    this.withdrawn.remember(userId, { version, at });
  }
}

@EventsHandler(SessionWithdrawn)
export class RememberWithdrawnSessions implements IEventHandler<SessionWithdrawn> {
  constructor(private readonly withdrawn: WithdrawnTokens) {}

  handle({ sessionId, at }: SessionWithdrawn): void {
    this.withdrawn.rememberSession(sessionId, at);
  }
}
