import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type AccountView, SignOutUser } from '../contract/index.js';
import { Sessions } from '../sessions/sessions.js';
import { AccountChanges } from './account-changes.js';
import { toAccountView } from './user.entity.js';

@CommandHandler(SignOutUser)
export class SignOutUserHandler implements ICommandHandler<SignOutUser> {
  constructor(
    private readonly accounts: AccountChanges,
    private readonly sessions: Sessions,
  ) {}

  async execute({ userId }: SignOutUser): Promise<AccountView> {
    const user = await this.accounts.find(userId);
    await this.sessions.endAllOf(userId);
    await this.accounts.apply(user, 'sign_out', (now) => user.withdrawTokens(now));
    return toAccountView(user);
  }
}
