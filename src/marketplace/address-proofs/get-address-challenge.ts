import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AddressChallengeView, GetAddressChallenge } from '../contract/address-proofs.js';
import { AddressChallenge, mustBeFor } from './address-challenge.entity.js';

@QueryHandler(GetAddressChallenge)
export class GetAddressChallengeHandler implements IQueryHandler<GetAddressChallenge> {
  constructor(
    @InjectRepository(AddressChallenge, 'marketplace') private readonly challenges: Repository<AddressChallenge>,
    private readonly clock: Clock,
  ) {}

  async execute({ nonce, address }: GetAddressChallenge): Promise<AddressChallengeView> {
    const { subject: userId } = requirePrincipal();
    const challenge = await this.challenges.findOneBy({ nonce });
    const { message, expiresAt } = mustBeFor(challenge, { userId, address }, this.clock.now());
    return AddressChallengeView.of({ nonce, address, message, expiresAt });
  }
}
