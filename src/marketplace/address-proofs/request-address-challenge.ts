import { randomBytes } from 'node:crypto';
import { requirePrincipal } from '@aitbc/modulith';
import { AppConfig, Clock, Limits } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import type { Address } from 'viem';
import { createSiweMessage } from 'viem/siwe';
import { GetEscrowTerms } from '../../wallet/contract/index.js';
import { AddressChallengeView, RequestAddressChallenge } from '../contract/address-proofs.js';
import { AddressChallenge, CHALLENGE_MS } from './address-challenge.entity.js';

@CommandHandler(RequestAddressChallenge)
export class RequestAddressChallengeHandler implements ICommandHandler<RequestAddressChallenge> {
  constructor(
    @InjectRepository(AddressChallenge, 'marketplace') private readonly challenges: Repository<AddressChallenge>,
    private readonly queries: QueryBus,
    private readonly limits: Limits,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async execute({ address }: RequestAddressChallenge): Promise<AddressChallengeView> {
    const { subject: userId } = requirePrincipal();
    const { chainId } = await this.queries.execute(GetEscrowTerms.of({}));
    const now = this.clock.now();
    const waiting = await this.challenges.countBy({ userId, expiresAt: MoreThan(now) });
    await this.limits.allow('address-challenges-per-user', waiting + 1);
    const expiresAt = new Date(now.getTime() + CHALLENGE_MS);
    const nonce = randomBytes(16).toString('hex');
    const { host, origin } = new URL(this.config.publicUrl);
    const message = createSiweMessage({
      address: address as Address,
      chainId,
      domain: host,
      uri: origin,
      version: '1',
      statement: `Prove that this address pays for a booking of user ${userId}.`,
      nonce,
      issuedAt: now,
      expirationTime: expiresAt,
    });
    await this.challenges.insert({ nonce, userId, address, message, expiresAt });
    return AddressChallengeView.of({ nonce, address, message, expiresAt });
  }
}
