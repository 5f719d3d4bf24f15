import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { EmailTaken, Register, type SessionView } from '../contract/index.js';
import { Sessions } from '../sessions/sessions.js';
import { PasswordHasher } from './password-hasher.js';
import { normalEmail, User } from './user.entity.js';

@CommandHandler(Register)
export class RegisterHandler implements ICommandHandler<Register> {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly passwords: PasswordHasher,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  async execute(command: Register): Promise<SessionView> {
    const email = normalEmail(command.email);
    const passwordHash = await this.passwords.hash(command.password);
    if (await this.users.existsBy({ email })) throw new EmailTaken();
    const user = User.register(uuidv7(), email, passwordHash, ['user'], this.clock.now());
    await this.users.insert(user);
    return this.sessions.open(user);
  }
}
