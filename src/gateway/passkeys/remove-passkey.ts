import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { PasskeyNotFound, RemovePasskey } from '../contract/index.js';
import { Sessions } from '../sessions/sessions.js';
import { AccountChanges } from '../users/account-changes.js';
import { User } from '../users/user.entity.js';
import { PasskeyNotices } from './passkey-notices.js';
import { PasskeyProof } from './passkey-proof.js';
import { Passkey } from './passkey.entity.js';

@CommandHandler(RemovePasskey)
export class RemovePasskeyHandler implements ICommandHandler<RemovePasskey> {
  constructor(
    @InjectRepository(Passkey, 'gateway') private readonly passkeys: Repository<Passkey>,
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly proof: PasskeyProof,
    private readonly sessions: Sessions,
    private readonly accounts: AccountChanges,
    private readonly notices: PasskeyNotices,
  ) {}

  async execute({ passkeyId: id, session }: RemovePasskey): Promise<void> {
    const { subject: userId } = requirePrincipal();
    const passkey = await this.passkeys.findOneBy({ id, userId });
    if (!passkey) throw new PasskeyNotFound();
    await this.proof.mustBeGiven(userId, session);

    await this.passkeys.delete({ id });
    this.notices.removed(passkey);
    await this.sessions.endAllOf(userId);
    const user = await this.users.findOneByOrFail({ id: userId });
    await this.accounts.apply(user, 'remove_passkey', (now) => user.withdrawTokens(now));
  }
}
