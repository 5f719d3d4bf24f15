import { Clock } from '@aitbc/platform';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import {
  BeginMailedToken,
  ConfirmRegistration,
  MailedTokenInvalid,
  type SessionView,
  WrongPassword,
} from '../contract/index.js';
import { MailedToken } from '../mail/mailed-token.entity.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { tokenHash } from '../tokens.js';
import { Registrations } from './registrations.js';

@CommandHandler(ConfirmRegistration)
export class ConfirmRegistrationHandler implements ICommandHandler<ConfirmRegistration> {
  constructor(
    @InjectRepository(MailedToken, 'gateway') private readonly tokens: Repository<MailedToken>,
    private readonly commands: CommandBus,
    private readonly passwords: PasswordHasher,
    private readonly registrations: Registrations,
    private readonly clock: Clock,
  ) {}

  async execute({ token, password, client }: ConfirmRegistration): Promise<SessionView> {
    const hash = tokenHash(token);
    const begun = await this.commands.execute(BeginMailedToken.of({ tokenHash: hash, kind: 'register' }));
    const { email, passwordHash } = begun;
    if (!(await this.passwords.verify(password, passwordHash)) || passwordHash === null) throw new WrongPassword();

    const { affected } = await this.tokens.delete({ tokenHash: hash });
    if (affected === 0) throw new MailedTokenInvalid();
    return this.registrations.open({ email, passwordHash }, client, this.clock.now());
  }
}
