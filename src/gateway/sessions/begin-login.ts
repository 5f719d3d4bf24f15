import { Clock, normalEmail } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { BeginLogin, LoginChallengeView, TooManyAttempts } from '../contract/index.js';
import { User } from '../users/user.entity.js';
import { emailHash, LoginAttempts } from './login-attempts.entity.js';

@CommandHandler(BeginLogin)
export class BeginLoginHandler implements ICommandHandler<BeginLogin> {
  constructor(
    @InjectRepository(LoginAttempts, 'gateway') private readonly attempts: Repository<LoginAttempts>,
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly clock: Clock,
  ) {}

  async execute(command: BeginLogin): Promise<LoginChallengeView> {
    const now = this.clock.now();
    const email = normalEmail(command.email);
    const hash = emailHash(email);
    const attempts = (await this.attempts.findOneBy({ emailHash: hash })) ?? LoginAttempts.none(hash);
    const wait = attempts.waitMs(now);
    if (wait > 0) throw new TooManyAttempts(Math.ceil(wait / 1000));
    attempts.count(now);
    await this.attempts.save(attempts);
    const user = await this.users.findOneBy({ email });
    return LoginChallengeView.of({ userId: user?.id ?? null, passwordHash: user?.passwordHash ?? null });
  }
}
