import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { SecondFactorNotBegun, SpendSecondFactor, WrongCode } from '../contract/index.js';

/** Checks a code before a handler's first use of a repository. */
@Injectable()
export class SecondFactorCheck {
  constructor(private readonly commands: CommandBus) {}

  /** @throws WrongCode, TooManyAttempts, SecondFactorNotBegun */
  async pass(userId: string, code: string, unconfirmed = false): Promise<void> {
    const { outcome } = await this.commands.execute(SpendSecondFactor.of({ userId, code, unconfirmed }));
    if (outcome === 'none') throw new SecondFactorNotBegun();
    if (outcome === 'wrong') throw new WrongCode();
  }
}
