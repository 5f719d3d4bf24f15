import { createHmac } from 'node:crypto';
import { AppConfig, Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ClaimedKeyView, ClaimIdempotencyKey, IdempotencyKeyReused } from '../contract/index.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

@CommandHandler(ClaimIdempotencyKey)
export class ClaimIdempotencyKeyHandler implements ICommandHandler<ClaimIdempotencyKey> {
  constructor(
    @InjectRepository(IdempotencyKey, 'gateway') private readonly keys: Repository<IdempotencyKey>,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async execute({ caller, operation, key, bodyHash }: ClaimIdempotencyKey): Promise<ClaimedKeyView> {
    const now = this.clock.now();
    const [bodyMac = '', ...accepted] = this.config.jwtSecrets.map((secret) => macOf(bodyHash, secret));
    const claimed = await this.keys.findOneBy({ caller, operation, key });
    if (!claimed || claimed.isOver(now)) return this.claim({ caller, operation, key, bodyMac }, now, claimed !== null);
    if (![bodyMac, ...accepted].includes(claimed.bodyMac)) throw new IdempotencyKeyReused();
    claimed.attempts += 1;
    await this.keys.update({ caller, operation, key }, { attempts: claimed.attempts });
    return ClaimedKeyView.of({ seed: claimed.seed, attempt: claimed.attempts });
  }

  /** Claims the key for a new request, whatever it stood for before. */
  private async claim(
    key: Pick<IdempotencyKey, 'caller' | 'operation' | 'key' | 'bodyMac'>,
    createdAt: Date,
    isReplacement: boolean,
  ): Promise<ClaimedKeyView> {
    const claimId = uuidv7();
    const claim = { ...key, claimId, attempts: 1, createdAt };
    if (isReplacement) await this.keys.save(claim);
    else await this.keys.insert(claim);
    return ClaimedKeyView.of({ seed: claimId, attempt: 1 });
  }
}

function macOf(bodyHash: string, secret: string): string {
  return createHmac('sha256', secret).update('idempotency key').update(bodyHash).digest('hex');
}
