import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { FindPasskeyKey, type PasskeyKeyView, PasskeyNotAccepted } from '../contract/index.js';
import { Passkey } from './passkey.entity.js';

@QueryHandler(FindPasskeyKey)
export class FindPasskeyKeyHandler implements IQueryHandler<FindPasskeyKey> {
  constructor(@InjectRepository(Passkey, 'gateway') private readonly passkeys: Repository<Passkey>) {}

  async execute({ credentialId }: FindPasskeyKey): Promise<PasskeyKeyView> {
    const passkey = await this.passkeys.findOneBy({ credentialId });
    if (!passkey) throw new PasskeyNotAccepted();
    return passkey.toKey();
  }
}
