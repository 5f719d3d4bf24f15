import { Clock } from '@aitbc/platform';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import {
  AccountLocked,
  BeginLogin,
  Login,
  SecondFactorRequired,
  type SessionView,
  TooManyAttempts,
  WrongCode,
  WrongCredentials,
} from '../contract/index.js';
import { GatewayMetrics } from '../gateway-metrics.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { SecondFactorCheck } from '../second-factor/second-factor-check.js';
import { User } from '../users/user.entity.js';
import { LoginThrottle, tooMany } from './login-throttle.js';
import { Sessions } from './sessions.js';

const FAILURES = [WrongCredentials, WrongCode, TooManyAttempts];

@CommandHandler(Login)
export class LoginHandler implements ICommandHandler<Login> {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly throttle: LoginThrottle,
    private readonly commands: CommandBus,
    private readonly passwords: PasswordHasher,
    private readonly secondFactor: SecondFactorCheck,
    private readonly sessions: Sessions,
    private readonly metrics: GatewayMetrics,
    private readonly clock: Clock,
  ) {}

  async execute(command: Login): Promise<SessionView> {
    try {
      return await this.signIn(command);
    } catch (error) {
      if (FAILURES.some((failure) => error instanceof failure)) this.metrics.signInFailed();
      throw error;
    }
  }

  private async signIn({ email, password, code, client }: Login): Promise<SessionView> {
    const { userId, passwordHash, waitMs, secondFactor } = await this.commands.execute(BeginLogin.of({ email }));
    const isRight = await this.passwords.verify(password, passwordHash);
    if (!isRight || userId === null) throw waitMs > 0 ? tooMany(waitMs) : new WrongCredentials();
    if (secondFactor) {
      if (code === undefined) throw new SecondFactorRequired();
      await this.secondFactor.pass(userId, code);
    }
    const user = await this.users.findOneByOrFail({ id: userId });
    if (user.isLocked) throw new AccountLocked();
    // Set up since the first check.
    if (user.hasSecondFactor !== secondFactor) throw new SecondFactorRequired();
    await this.throttle.succeed(user, this.clock.now());
    return this.sessions.open(user, { client, method: secondFactor ? 'totp' : 'password' });
  }
}
