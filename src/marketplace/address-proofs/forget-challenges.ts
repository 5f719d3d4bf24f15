import { Periodic, UnitOfWork } from '@aitbc/modulith';
import { Clock, deleteBefore } from '@aitbc/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AddressChallenge } from './address-challenge.entity.js';

/** Deletes the challenges that expired without an answer. */
@Injectable()
export class ForgetChallenges implements OnApplicationBootstrap {
  constructor(
    @InjectRepository(AddressChallenge, 'marketplace') private readonly challenges: Repository<AddressChallenge>,
    private readonly periodic: Periodic,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every('forget-challenges', { everyMs: 60_000 }, () => this.forget());
  }

  async forget(): Promise<void> {
    await this.unitOfWork.run(() => deleteBefore(this.challenges, 'expiresAt', this.clock.now()));
  }
}
