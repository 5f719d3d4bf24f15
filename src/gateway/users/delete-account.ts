import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AccountDeleted, DeleteAccount } from '../contract/index.js';
import { PasswordConfirmation } from '../passwords/password-confirmation.js';
import { AccountBelongings } from './account-belongings.js';
import { AccountErasure } from './account-erasure.js';
import { Administrators } from './administrators.js';
import { User } from './user.entity.js';

@CommandHandler(DeleteAccount)
export class DeleteAccountHandler implements ICommandHandler<DeleteAccount> {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly confirmation: PasswordConfirmation,
    private readonly belongings: AccountBelongings,
    private readonly administrators: Administrators,
    private readonly erasure: AccountErasure,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  async execute({ password, code, force = false }: DeleteAccount): Promise<void> {
    const { subject: id } = requirePrincipal();
    await this.confirmation.confirm(password, code);
    if (!force) await this.belongings.mustBeNone(id);

    const user = await this.users.findOneByOrFail({ id });
    if (user.isAdministrator) await this.administrators.mustRemainWithout(id);
    await this.erasure.erase(user, this.clock.now());
    this.events.publish(AccountDeleted.of({ userId: id }));
  }
}
