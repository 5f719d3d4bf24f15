import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { BeginLogin, GetMe, type UserView, WrongCode, WrongPassword } from '../contract/index.js';
import { SecondFactorCheck } from '../second-factor/second-factor-check.js';
import { tooMany } from '../sessions/login-throttle.js';
import { PasswordHasher } from './password-hasher.js';

/** Reauthenticates the caller before a change to the account's protection. */
@Injectable()
export class PasswordConfirmation {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly passwords: PasswordHasher,
    private readonly secondFactor: SecondFactorCheck,
  ) {}

  /**
   * Call before the handler's first use of a repository.
   * @param code required if the caller has a second factor
   * @throws WrongPassword, WrongCode, TooManyAttempts
   */
  async confirm(password: string, code?: string): Promise<UserView> {
    const me = await this.queries.execute(new GetMe());
    const { passwordHash, waitMs } = await this.commands.execute(BeginLogin.of({ email: me.email }));
    if (!(await this.passwords.verify(password, passwordHash))) {
      throw waitMs > 0 ? tooMany(waitMs) : new WrongPassword();
    }
    if (me.secondFactor) {
      if (code === undefined) throw new WrongCode();
      await this.secondFactor.pass(me.id, code);
    }
    return me;
  }
}
