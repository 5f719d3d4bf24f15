import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetLockInstructions, LockInstructionsView } from '../contract/escrow.js';
import { CurrentEscrow } from './current-escrow.js';
import { lockData } from './job-escrow-calls.js';

@QueryHandler(GetLockInstructions)
export class GetLockInstructionsHandler implements IQueryHandler<GetLockInstructions> {
  constructor(private readonly escrow: CurrentEscrow) {}

  async execute({ bookingId, providerAddress, amount, expiresAt }: GetLockInstructions): Promise<LockInstructionsView> {
    const { address, chainId } = await this.escrow.get();
    const data = lockData(bookingId, providerAddress, expiresAt);
    return LockInstructionsView.of({ to: address, data, value: amount, chainId });
  }
}
