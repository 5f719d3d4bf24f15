import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import {
  AccountLocked,
  BeginLogin,
  Login,
  type SessionView,
  TooManyAttempts,
  WrongCredentials,
} from '../contract/index.js';
import { GatewayMetrics } from '../gateway-metrics.js';
import { PasswordHasher } from '../users/password-hasher.js';
import { User } from '../users/user.entity.js';
import { emailHash, LoginAttempts } from './login-attempts.entity.js';
import { Sessions } from './sessions.js';

@CommandHandler(Login)
export class LoginHandler implements ICommandHandler<Login> {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    @InjectRepository(LoginAttempts, 'gateway') private readonly attempts: Repository<LoginAttempts>,
    private readonly commands: CommandBus,
    private readonly passwords: PasswordHasher,
    private readonly sessions: Sessions,
    private readonly metrics: GatewayMetrics,
  ) {}

  async execute(command: Login): Promise<SessionView> {
    try {
      return await this.signIn(command);
    } catch (error) {
      if (error instanceof WrongCredentials || error instanceof TooManyAttempts) this.metrics.signInFailed();
      throw error;
    }
  }

  private async signIn({ email, password }: Login): Promise<SessionView> {
    const { userId, passwordHash } = await this.commands.execute(BeginLogin.of({ email }));
    const isRight = await this.passwords.verify(password, passwordHash);
    if (!isRight || userId === null) throw new WrongCredentials();
    const user = await this.users.findOneByOrFail({ id: userId });
    if (user.isLocked) throw new AccountLocked();
    await this.attempts.delete({ emailHash: emailHash(user.email) });
    return this.sessions.open(user);
  }
}
