import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { PasskeyNotFound, type PasskeyView, RenamePasskey } from '../contract/index.js';
import { Passkey } from './passkey.entity.js';

@CommandHandler(RenamePasskey)
export class RenamePasskeyHandler implements ICommandHandler<RenamePasskey> {
  constructor(@InjectRepository(Passkey, 'gateway') private readonly passkeys: Repository<Passkey>) {}

  async execute({ passkeyId: id, name }: RenamePasskey): Promise<PasskeyView> {
    const passkey = await this.passkeys.findOneBy({ id, userId: requirePrincipal().subject });
    if (!passkey) throw new PasskeyNotFound();
    passkey.name = name;
    await this.passkeys.save(passkey);
    return passkey.toView();
  }
}
