import { requirePrincipal } from '@aitbc/modulith';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GetSecondFactor, SecondFactorView } from '../contract/index.js';
import { Passkey } from '../passkeys/passkey.entity.js';
import { SecondFactor } from './second-factor.entity.js';

@QueryHandler(GetSecondFactor)
export class GetSecondFactorHandler implements IQueryHandler<GetSecondFactor> {
  constructor(
    @InjectRepository(SecondFactor, 'gateway') private readonly factors: Repository<SecondFactor>,
    @InjectRepository(Passkey, 'gateway') private readonly passkeys: Repository<Passkey>,
  ) {}

  async execute(): Promise<SecondFactorView> {
    const { subject: userId } = requirePrincipal();
    const factor = await this.factors.findOneBy({ userId });
    const passkeys = await this.passkeys.countBy({ userId });
    const since = factor?.confirmedAt ?? null;
    const recoveryCodesLeft = since ? factor!.recoveryCodes.length : 0;
    return SecondFactorView.of({ totp: since !== null, since, passkeys, recoveryCodesLeft });
  }
}
