import { UnitOfWork } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ApiKey } from './api-key.entity.js';

const KEEP_EVERY_MS = 30_000;

/**
 * The last use of each key. Buffered in memory and written twice a minute, so that authentication stays a read. A
 * killed process loses half a minute.
 */
@Injectable()
export class ApiKeyUses implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ApiKeyUses.name);
  private uses = new Map<string, Date>();
  private timer?: NodeJS.Timeout;

  constructor(
    @InjectRepository(ApiKey, 'gateway') private readonly keys: Repository<ApiKey>,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.keep(), KEEP_EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.keep();
  }

  record(keyHash: string): void {
    this.uses.set(keyHash, this.clock.now());
  }

  async keep(): Promise<void> {
    const uses = this.uses;
    if (uses.size === 0) return;
    this.uses = new Map();
    try {
      await this.unitOfWork.run(async () => {
        for (const [keyHash, lastUsedAt] of uses) await this.keys.update({ keyHash }, { lastUsedAt });
      });
    } catch (error) {
      // Informational only, and later uses overwrite it.
      this.logger.debug(`When API keys were used could not be written: ${String(error)}`);
    }
  }
}
