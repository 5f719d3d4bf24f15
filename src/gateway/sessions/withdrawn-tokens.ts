import { Clock } from '@aitbc/platform';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import { TokensWithdrawn } from '../contract/index.js';
import { User } from '../users/user.entity.js';
import { ACCESS_TOKEN_SECONDS } from './access-token-life.js';

const ASK_EVERY_MS = 2_000;
/** Until the last token of before has expired, by whichever clock. */
const REMEMBERED_MS = (ACCESS_TOKEN_SECONDS + 60) * 1000;

interface Withdrawal {
  readonly version: number;
  readonly at: Date;
}

/**
 * Whose access tokens are not to be believed although they have not expired. Few: those of the users who were locked,
 * signed out or given other roles in the last quarter of an hour. A broadcast tells every process at once; it also asks
 * the database at its start and every two seconds, for a broadcast may get lost.
 */
@Injectable()
export class WithdrawnTokens implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(WithdrawnTokens.name);
  private readonly withdrawals = new Map<string, Withdrawal>();
  private timer?: NodeJS.Timeout;
  private isAway = false;

  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
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
  includes(userId: string, version: number): boolean {
    const withdrawal = this.withdrawals.get(userId);
    return withdrawal !== undefined && version < withdrawal.version;
  }

  remember(userId: string, { version, at }: Withdrawal): void {
    const known = this.withdrawals.get(userId);
    if (!known || known.version < version) this.withdrawals.set(userId, { version, at });
  }

  /** Learns what this process has not been told, and forgets what has no meaning any more. */
  async ask(): Promise<void> {
    const since = new Date(this.clock.now().getTime() - REMEMBERED_MS);
    const found = await this.users.find({
      select: { id: true, credentialsVersion: true, credentialsChangedAt: true },
      where: { credentialsChangedAt: MoreThan(since) },
    });
    for (const { id, credentialsVersion: version, credentialsChangedAt: at } of found) {
      this.remember(id, { version, at: at! });
    }
    for (const [userId, { at }] of this.withdrawals) if (at <= since) this.withdrawals.delete(userId);
  }

  private askLater(): void {
    this.timer = setTimeout(() => void this.askAgain(), ASK_EVERY_MS).unref();
  }

  private async askAgain(): Promise<void> {
    try {
      await this.ask();
      this.isAway = false;
    } catch (error) {
      // Broadcasts still arrive; and while the database is away, nobody is locked either.
      if (this.timer && !this.isAway) this.logger.warn(`Whose tokens were withdrawn cannot be read: ${String(error)}`);
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
