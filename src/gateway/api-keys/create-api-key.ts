import { requirePrincipal } from '@aitbc/modulith';
import { Clock, Limits } from '@aitbc/platform';
import { CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { CreateApiKey, CreatedApiKeyView, DEFAULT_API_KEY_DAYS, GatewayAudited } from '../contract/index.js';
import { PasswordConfirmation } from '../passwords/password-confirmation.js';
import { newToken, tokenHash } from '../tokens.js';
import { API_KEY_PREFIX, ApiKey, usableKeysOf } from './api-key.entity.js';

@CommandHandler(CreateApiKey)
export class CreateApiKeyHandler implements ICommandHandler<CreateApiKey> {
  constructor(
    @InjectRepository(ApiKey, 'gateway') private readonly keys: Repository<ApiKey>,
    private readonly confirmation: PasswordConfirmation,
    private readonly limits: Limits,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  async execute({ name, scopes, expiresInDays, password, code }: CreateApiKey): Promise<CreatedApiKeyView> {
    const { subject: userId } = requirePrincipal();
    await this.confirmation.confirm(password, code);
    const now = this.clock.now();

    await this.limits.allow('api-keys-per-user', 1 + (await this.keys.countBy(usableKeysOf(userId, now))));
    const token = newToken(API_KEY_PREFIX);
    const days = expiresInDays ?? DEFAULT_API_KEY_DAYS;
    const key = ApiKey.forUser({ id: uuidv7(), token, keyHash: tokenHash(token), userId, name, scopes, days }, now);
    await this.keys.insert(key);
    const after = { name, scopes, expiresAt: key.expiresAt.toISOString() };
    this.events.publish(GatewayAudited.of({ resource: `gateway.api_key ${key.id}`, action: 'create', after }));
    return CreatedApiKeyView.of({ ...key.toView(), key: token });
  }
}
