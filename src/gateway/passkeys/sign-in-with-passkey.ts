import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AccountLocked, PasskeyNotAccepted, type SessionView, SignInWithPasskey } from '../contract/index.js';
import { GatewayMetrics } from '../gateway-metrics.js';
import { LoginThrottle } from '../sessions/login-throttle.js';
import { Sessions } from '../sessions/sessions.js';
import { User } from '../users/user.entity.js';
import { PasskeySignIn } from './passkey-sign-in.js';

@CommandHandler(SignInWithPasskey)
export class SignInWithPasskeyHandler implements ICommandHandler<SignInWithPasskey> {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly passkeys: PasskeySignIn,
    private readonly throttle: LoginThrottle,
    private readonly sessions: Sessions,
    private readonly metrics: GatewayMetrics,
    private readonly clock: Clock,
  ) {}

  async execute(command: SignInWithPasskey): Promise<SessionView> {
    try {
      return await this.signIn(command);
    } catch (error) {
      if (error instanceof PasskeyNotAccepted) this.metrics.signInFailed();
      throw error;
    }
  }

  private async signIn({ credential, client }: SignInWithPasskey): Promise<SessionView> {
    const verified = await this.passkeys.verify(credential);

    const userId = await this.passkeys.use(verified);
    const user = await this.users.findOneByOrFail({ id: userId });
    if (user.isLocked) throw new AccountLocked();
    await this.throttle.succeed(user, this.clock.now());
    return this.sessions.open(user, { client, method: 'passkey' });
  }
}
