import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GatewayAudited } from '../contract/index.js';
import { AccountMails } from '../mail/account-mails.js';
import { User } from '../users/user.entity.js';
import type { Passkey } from './passkey.entity.js';

/** Notifies a user of an added or removed passkey. Part of the caller's unit of work. */
@Injectable()
export class PasskeyNotices {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly mails: AccountMails,
    private readonly events: EventBus,
  ) {}

  async added(passkey: Passkey): Promise<void> {
    const { email } = await this.users.findOneByOrFail({ id: passkey.userId });
    await this.mails.send('passkey', email, { userId: passkey.userId });
    this.events.publish(
      GatewayAudited.of({ resource: resourceOf(passkey), action: 'create', after: stateOf(passkey) }),
    );
  }

  removed(passkey: Passkey): void {
    const before = stateOf(passkey);
    this.events.publish(GatewayAudited.of({ resource: resourceOf(passkey), action: 'remove', before }));
  }
}

const resourceOf = ({ id }: Passkey) => `gateway.passkey ${id}`;
const stateOf = ({ name, synced, userId }: Passkey) => ({ name, synced, userId });
