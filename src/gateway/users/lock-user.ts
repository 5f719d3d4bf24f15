import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type AccountView, LockUser } from '../contract/index.js';
import { Sessions } from '../sessions/sessions.js';
import { AccountChanges } from './account-changes.js';
import { Administrators } from './administrators.js';
import { toAccountView } from './user.entity.js';

@CommandHandler(LockUser)
export class LockUserHandler implements ICommandHandler<LockUser> {
  constructor(
    private readonly accounts: AccountChanges,
    private readonly administrators: Administrators,
    private readonly sessions: Sessions,
  ) {}

  async execute({ userId, reason }: LockUser): Promise<AccountView> {
    const user = await this.accounts.findAnothers(userId);
    if (user.isLocked) return toAccountView(user);
    if (user.isAdministrator) await this.administrators.mustRemainWithout(userId);
    await this.sessions.endAllOf(userId);
    await this.accounts.apply(user, 'lock', (now) => user.lock(reason, now));
    return toAccountView(user);
  }
}
