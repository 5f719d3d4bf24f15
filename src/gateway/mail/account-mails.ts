import { afterCommit, Periodic } from '@aitbc/modulith';
import { AppConfig, Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, MoreThan, Repository } from 'typeorm';
import { MailNotConfigured } from '../contract/index.js';
import { GatewayKeys } from '../gateway-keys.js';
import { newToken, tokenHash } from '../tokens.js';
import { MAIL_KINDS, MailedToken, type MailKind } from './mailed-token.entity.js';

export const SEND_MAILS = 'send-mails';
const HOUR_MS = 60 * 60 * 1000;
/** Per address: a higher limit would only help to harass its owner. */
const MOST_AN_HOUR = 5;
/** Notices of actions by the account's owner or an operator. Mails requested by strangers do not use up their limit. */
const NOTICES: readonly MailKind[] = ['changed', 'passkey', 'unprotected'];
const ASKED_FOR = MAIL_KINDS.filter((kind) => !NOTICES.includes(kind));

interface Content {
  readonly userId?: string;
  readonly passwordHash?: string;
}

/** Mails about accounts. Stored in the caller's unit of work and sent after its commit. */
@Injectable()
export class AccountMails {
  constructor(
    @InjectRepository(MailedToken, 'gateway') private readonly tokens: Repository<MailedToken>,
    private readonly keys: GatewayKeys,
    private readonly periodic: Periodic,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  get areConfigured(): boolean {
    return this.config.smtpUrl !== undefined;
  }

  /** @throws MailNotConfigured */
  mustBeConfigured(): void {
    if (!this.areConfigured) throw new MailNotConfigured();
  }

  /** Sends a mail unless the address is over its limit: the caller is not told, because the answer is the same. */
  async send(kind: MailKind, email: string, { userId, passwordHash }: Content = {}): Promise<void> {
    if (!this.areConfigured) return;
    const now = this.clock.now();
    const kinds = NOTICES.includes(kind) ? NOTICES : ASKED_FOR;
    const lately = { email, kind: In([...kinds]), createdAt: MoreThan(new Date(now.getTime() - HOUR_MS)) };
    if ((await this.tokens.countBy(lately)) >= MOST_AN_HOUR) return;
    const token = newToken();
    const hash = tokenHash(token);
    const mail = MailedToken.due({ tokenHash: hash, kind, email, sealedToken: this.keys.sealMailed(hash, token) }, now);
    await this.tokens.insert(Object.assign(mail, { userId: userId ?? null, passwordHash: passwordHash ?? null }));
    afterCommit(() => this.periodic.wake(SEND_MAILS));
  }
}
