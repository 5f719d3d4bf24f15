import { Clock, type FlagClient, FLAGS, normalEmail } from '@aitbc/platform';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { EmailTaken, Register, RegistrationClosed, type SessionView } from '../contract/index.js';
import { Sessions } from '../sessions/sessions.js';
import { PasswordHasher } from './password-hasher.js';
import { User } from './user.entity.js';

@CommandHandler(Register)
export class RegisterHandler implements ICommandHandler<Register> {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly passwords: PasswordHasher,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
    @Inject(FLAGS) private readonly flags: FlagClient,
  ) {}

  async execute(command: Register): Promise<SessionView> {
    const email = normalEmail(command.email);
    const context = { emailDomain: email.slice(email.lastIndexOf('@') + 1) };
    if (!(await this.flags.getBooleanValue('registration-open', true, context))) throw new RegistrationClosed();
    const passwordHash = await this.passwords.hash(command.password);
    if (await this.users.existsBy({ email })) throw new EmailTaken();
    const user = User.register(uuidv7(), email, passwordHash, ['user'], this.clock.now());
    await this.users.insert(user);
    return this.sessions.open(user);
  }
}
