import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ApiKeyNotFound, GatewayAudited, RevokeApiKey } from '../contract/index.js';
import { ApiKey, usableKeysOf } from './api-key.entity.js';

@CommandHandler(RevokeApiKey)
export class RevokeApiKeyHandler implements ICommandHandler<RevokeApiKey> {
  constructor(
    @InjectRepository(ApiKey, 'gateway') private readonly keys: Repository<ApiKey>,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  async execute({ keyId: id }: RevokeApiKey): Promise<void> {
    const now = this.clock.now();
    const key = await this.keys.findOneBy({ ...usableKeysOf(requirePrincipal().subject, now), id });
    if (!key) throw new ApiKeyNotFound();
    await this.keys.update({ keyHash: key.keyHash }, { revokedAt: now });
    const before = { name: key.name, scopes: key.scopes };
    this.events.publish(GatewayAudited.of({ resource: `gateway.api_key ${id}`, action: 'revoke', before }));
  }
}
