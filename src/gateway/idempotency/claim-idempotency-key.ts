import { createHmac } from 'node:crypto';
import { AppConfig, Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ClaimIdempotencyKey, IdempotencyKeyReused } from '../contract/index.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

@CommandHandler(ClaimIdempotencyKey)
export class ClaimIdempotencyKeyHandler implements ICommandHandler<ClaimIdempotencyKey> {
  constructor(
    @InjectRepository(IdempotencyKey, 'gateway') private readonly keys: Repository<IdempotencyKey>,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async execute({ caller, operation, key, bodyHash }: ClaimIdempotencyKey): Promise<void> {
    const bodyMac = createHmac('sha256', this.config.jwtSecret)
      .update('idempotency key')
      .update(bodyHash)
      .digest('hex');
    const claimed = await this.keys.findOneBy({ caller, operation, key });
    if (!claimed) {
      await this.keys.insert({ caller, operation, key, bodyMac, createdAt: this.clock.now() });
    } else if (claimed.bodyMac !== bodyMac) {
      throw new IdempotencyKeyReused();
    }
  }
}
