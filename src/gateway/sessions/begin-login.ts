import { Clock, normalEmail } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { BeginLogin, LoginChallengeView } from '../contract/index.js';
import { User } from '../users/user.entity.js';
import { LoginThrottle } from './login-throttle.js';

@CommandHandler(BeginLogin)
export class BeginLoginHandler implements ICommandHandler<BeginLogin> {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly throttle: LoginThrottle,
    private readonly clock: Clock,
  ) {}

  async execute(command: BeginLogin): Promise<LoginChallengeView> {
    const email = normalEmail(command.email);
    const user = await this.users.findOneBy({ email });
    const waitMs = await this.throttle.begin(email, user, this.clock.now());
    const secondFactor = user?.hasSecondFactor ?? false;
    return LoginChallengeView.of({
      userId: user?.id ?? null,
      passwordHash: user?.passwordHash ?? null,
      waitMs,
      secondFactor,
    });
  }
}
