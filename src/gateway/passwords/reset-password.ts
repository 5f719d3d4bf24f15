import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { BeginMailedToken, MailedTokenInvalid, ResetPassword } from '../contract/index.js';
import { MailedToken } from '../mail/mailed-token.entity.js';
import { tokenHash } from '../tokens.js';
import { PasswordReplacement } from './password-replacement.js';

@CommandHandler(ResetPassword)
export class ResetPasswordHandler implements ICommandHandler<ResetPassword> {
  constructor(
    @InjectRepository(MailedToken, 'gateway') private readonly tokens: Repository<MailedToken>,
    private readonly commands: CommandBus,
    private readonly replacement: PasswordReplacement,
  ) {}

  async execute({ token, newPassword }: ResetPassword): Promise<void> {
    const hash = tokenHash(token);
    const { userId, email } = await this.commands.execute(BeginMailedToken.of({ tokenHash: hash, kind: 'reset' }));
    const passwordHash = await this.replacement.prepare(newPassword, email);

    const { affected } = await this.tokens.delete({ tokenHash: hash });
    if (affected === 0 || userId === null) throw new MailedTokenInvalid();
    // Reading the mail proves control of the mailbox.
    await this.replacement.replace(userId, passwordHash, 'reset_password', (user, now) => user.verifyEmail(now));
  }
}
