import { currentMessage } from '@aitbc/modulith';
import { AppConfig, Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, MoreThan, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { SessionsEnded, SessionView, SessionWithdrawn, type SignInMethod, type UserView } from '../contract/index.js';
import { newToken, tokenHash } from '../tokens.js';
import { toUserView, type User } from '../users/user.entity.js';
import { ACCESS_TOKEN_SECONDS } from './access-token-life.js';
import { AccessTokens } from './access-tokens.js';
import { RefreshToken, type SessionUse } from './refresh-token.entity.js';

/** Sign-in methods that require more than a password. */
const STRONG_METHODS: readonly SignInMethod[] = ['totp', 'passkey'];

/** The data of a session's access tokens. */
export interface SessionSubject {
  readonly user: UserView;
  /** The version of the user's credentials. */
  readonly version: number;
  readonly sessionId: string;
  readonly method: SignInMethod | null;
}

export interface SignIn {
  readonly client: string | undefined;
  readonly method: SignInMethod;
}

/** Opens and ends sessions, inside the calling handler's unit of work. */
@Injectable()
export class Sessions {
  constructor(
    @InjectRepository(RefreshToken, 'gateway') private readonly refreshTokens: Repository<RefreshToken>,
    private readonly accessTokens: AccessTokens,
    private readonly events: EventBus,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** Starts a family of refresh tokens for a user who has just authenticated. */
  async open(user: User, { client, method }: SignIn): Promise<SessionView> {
    const refreshToken = newToken();
    const use = this.use(client);
    const sessionId = uuidv7();
    const family = { familyId: sessionId, userId: user.id, signedInAt: use.at, method };
    await this.refreshTokens.insert(RefreshToken.issue(tokenHash(refreshToken), family, use));
    return this.describe({ user: toUserView(user), version: user.credentialsVersion, sessionId, method }, refreshToken);
  }

  /** The current time and the message's origin. */
  use(client: string | undefined): SessionUse {
    return { at: this.clock.now(), origin: currentMessage()?.origin?.slice(0, 64) ?? null, client: client ?? null };
  }

  /** Whether the user opened this session with more than a password. */
  async isStrong(userId: string, sessionId: string | undefined): Promise<boolean> {
    if (sessionId === undefined) return false;
    const family = { familyId: sessionId, method: In([...STRONG_METHODS]) };
    return this.refreshTokens.existsBy({ ...openOf(userId, this.clock.now()), ...family });
  }

  /** Ends one session. With the last open session, resources opened for the user are closed, too. */
  async end({ familyId, userId }: Pick<RefreshToken, 'familyId' | 'userId'>): Promise<void> {
    const at = this.clock.now();
    const { affected } = await this.refreshTokens.update({ familyId, revokedAt: IsNull() }, { revokedAt: at });
    if (affected === 0) return;
    this.events.publish(SessionWithdrawn.of({ sessionId: familyId, at }));
    if (!(await this.refreshTokens.existsBy(openOf(userId, at)))) this.events.publish(SessionsEnded.of({ userId }));
  }

  /** Ends all sessions. The access tokens are withdrawn with the user's credentials: see `User.withdrawTokens`. */
  async endAllOf(userId: string): Promise<void> {
    await this.refreshTokens.update({ userId, revokedAt: IsNull() }, { revokedAt: this.clock.now() });
    this.events.publish(SessionsEnded.of({ userId }));
  }

  describe({ user, version, sessionId, method }: SessionSubject, refreshToken: string): SessionView {
    const withheldRoles = this.withheldRoles(user, method);
    const roles = user.roles.filter((role) => !withheldRoles.includes(role));
    const accessToken = this.accessTokens.issue(user.id, roles, { version, sessionId });
    return SessionView.of({ user, accessToken, refreshToken, expiresIn: ACCESS_TOKEN_SECONDS, withheldRoles });
  }

  /** Operator roles require more than a password if so configured. */
  private withheldRoles({ roles }: UserView, method: SignInMethod | null): string[] {
    const isStrong = method !== null && STRONG_METHODS.includes(method);
    return isStrong || !this.config.operatorsNeedSecondFactor ? [] : roles.filter((role) => role !== 'user');
  }
}

/** The sessions of a user that can still be refreshed. */
export function openOf(userId: string, now: Date) {
  return { userId, expiresAt: MoreThan(now), revokedAt: IsNull(), replacedAt: IsNull() };
}
