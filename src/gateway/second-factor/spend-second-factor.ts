import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { SecondFactorOutcomeView, SpendSecondFactor } from '../contract/index.js';
import { GatewayKeys } from '../gateway-keys.js';
import { SecondFactor } from './second-factor.entity.js';

@CommandHandler(SpendSecondFactor)
export class SpendSecondFactorHandler implements ICommandHandler<SpendSecondFactor> {
  constructor(
    @InjectRepository(SecondFactor, 'gateway') private readonly factors: Repository<SecondFactor>,
    private readonly keys: GatewayKeys,
    private readonly clock: Clock,
  ) {}

  async execute({ userId, code, unconfirmed }: SpendSecondFactor): Promise<SecondFactorOutcomeView> {
    const factor = await this.factors.findOneBy({ userId });
    if (!factor || unconfirmed !== (factor.confirmedAt === null))
      return SecondFactorOutcomeView.of({ outcome: 'none' });
    const isRight = factor.spend(code, this.keys.openTotp(userId, factor.sealedSecret), this.clock.now());
    await this.factors.save(factor);
    return SecondFactorOutcomeView.of({ outcome: isRight ? 'accepted' : 'wrong' });
  }
}
