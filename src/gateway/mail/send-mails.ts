import { Periodic, UnitOfWork } from '@aitbc/modulith';
import { AppConfig, Clock, type Mail, sendMail } from '@aitbc/platform';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThanOrEqual, Repository } from 'typeorm';
import { GatewayKeys } from '../gateway-keys.js';
import { SEND_MAILS } from './account-mails.js';
import { textOf } from './mail-texts.js';
import { MailedToken } from './mailed-token.entity.js';

const EVERY_MS = 5_000;
const AT_ONCE = 10;
const ATTEMPT_MS = 10_000;

/** Sends due mails on the leading replica, at least once: a crash may cause a duplicate. */
@Injectable()
export class SendMails implements OnApplicationBootstrap {
  private readonly logger = new Logger(SendMails.name);
  private turn: Promise<void> = Promise.resolve();

  constructor(
    @InjectRepository(MailedToken, 'gateway') private readonly tokens: Repository<MailedToken>,
    private readonly keys: GatewayKeys,
    private readonly periodic: Periodic,
    private readonly unitOfWork: UnitOfWork,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every(SEND_MAILS, { everyMs: EVERY_MS }, () => this.run());
  }

  /** One run at a time: concurrent runs would send the same mails. */
  run(): Promise<void> {
    const before = this.turn;
    // The caller of the previous run handles its failure.
    return (this.turn = before.catch(() => undefined).then(() => this.sendDue()));
  }

  private async sendDue(): Promise<void> {
    for (;;) {
      const due = await this.tokens.find({
        where: { sendAt: LessThanOrEqual(this.clock.now()) },
        order: { sendAt: 'ASC' },
        take: AT_ONCE,
      });
      await Promise.all(due.map((mail) => this.send(mail)));
      if (due.length < AT_ONCE) return;
    }
  }

  private async send(mail: MailedToken): Promise<void> {
    const hasLeft = await this.attempt(mail);
    await this.unitOfWork.run(async () => {
      const stored = await this.tokens.findOneBy({ tokenHash: mail.tokenHash });
      if (!stored) return;
      if (hasLeft) stored.hasLeft();
      else stored.putOff(this.clock.now());
      await this.tokens.save(stored);
    });
  }

  private async attempt({ tokenHash, kind, email, sealedToken, expiresAt }: MailedToken): Promise<boolean> {
    const { smtpUrl, smtpFrom: from, publicUrl } = this.config;
    if (!smtpUrl || sealedToken === null || expiresAt <= this.clock.now()) return true;
    const { subject, text } = textOf(kind, this.keys.openMailed(tokenHash, sealedToken), publicUrl);
    const content: Mail = { to: [email], subject, text, messageId: `<${tokenHash.slice(0, 32)}@accounts.aitbc>` };
    const outcome = await sendMail(content, { smtpUrl, from, timeoutMs: ATTEMPT_MS });
    if (!outcome.delivered) this.logger.warn(`A mail of kind "${kind}" has not been sent: ${outcome.error}`);
    return outcome.delivered;
  }
}
