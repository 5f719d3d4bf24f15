import { Forbidden, requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type AccountView, SetUserRoles } from '../contract/index.js';
import { AccountChanges } from './account-changes.js';
import { Administrators } from './administrators.js';
import { toAccountView } from './user.entity.js';

@CommandHandler(SetUserRoles)
export class SetUserRolesHandler implements ICommandHandler<SetUserRoles> {
  constructor(
    private readonly accounts: AccountChanges,
    private readonly administrators: Administrators,
  ) {}

  async execute({ userId, roles }: SetUserRoles): Promise<AccountView> {
    if (!requirePrincipal().roles.includes('admin')) throw new Forbidden();
    const user = await this.accounts.findAnothers(userId);
    if (user.hasRoles(roles)) return toAccountView(user);
    if (user.isAdministrator && !roles.includes('admin')) await this.administrators.mustRemainWithout(userId);
    await this.accounts.apply(user, 'set_roles', (now) => user.setRoles(roles, now));
    return toAccountView(user);
  }
}
