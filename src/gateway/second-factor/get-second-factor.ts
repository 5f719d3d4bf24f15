import { requirePrincipal } from '@aitbc/modulith';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GetSecondFactor, SecondFactorView } from '../contract/index.js';
import { SecondFactor } from './second-factor.entity.js';

@QueryHandler(GetSecondFactor)
export class GetSecondFactorHandler implements IQueryHandler<GetSecondFactor> {
  constructor(@InjectRepository(SecondFactor, 'gateway') private readonly factors: Repository<SecondFactor>) {}

  async execute(): Promise<SecondFactorView> {
    const factor = await this.factors.findOneBy({ userId: requirePrincipal().subject });
    const since = factor?.confirmedAt ?? null;
    const recoveryCodesLeft = since ? factor!.recoveryCodes.length : 0;
    return SecondFactorView.of({ totp: since !== null, since, recoveryCodesLeft });
  }
}
