import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type AccountView, UnlockUser } from '../contract/index.js';
import { AccountChanges } from './account-changes.js';
import { toAccountView } from './user.entity.js';

@CommandHandler(UnlockUser)
export class UnlockUserHandler implements ICommandHandler<UnlockUser> {
  constructor(private readonly accounts: AccountChanges) {}

  async execute({ userId }: UnlockUser): Promise<AccountView> {
    const user = await this.accounts.findAnothers(userId);
    if (user.isLocked) await this.accounts.apply(user, 'unlock', () => user.unlock());
    return toAccountView(user);
  }
}
