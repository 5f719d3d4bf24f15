import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { EscrowNotReady } from '../contract/errors.js';
import { EscrowContract } from './escrow-contract.entity.js';

/** The escrow contract for new bookings: the last deployed one. */
@Injectable()
export class CurrentEscrow {
  constructor(@InjectRepository(EscrowContract, 'wallet') private readonly contracts: Repository<EscrowContract>) {}

  async find(): Promise<EscrowContract | null> {
    return this.contracts.findOne({ where: { status: 'ready' }, order: { version: 'DESC', blockNumber: 'DESC' } });
  }

  /** @throws EscrowNotReady */
  async get(): Promise<EscrowContract> {
    const contract = await this.find();
    if (!contract) throw new EscrowNotReady();
    return contract;
  }
}
