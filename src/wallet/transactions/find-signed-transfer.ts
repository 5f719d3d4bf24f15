import { requirePrincipal } from '@aitbc/modulith';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { FindSignedTransfer, SignedTransferView } from '../contract/own-messages.js';
import { OutgoingTransaction } from './outgoing-transaction.entity.js';

@QueryHandler(FindSignedTransfer)
export class FindSignedTransferHandler implements IQueryHandler<FindSignedTransfer> {
  constructor(
    @InjectRepository(OutgoingTransaction, 'wallet') private readonly outgoing: Repository<OutgoingTransaction>,
  ) {}

  async execute({ kind, purpose }: FindSignedTransfer): Promise<SignedTransferView | null> {
    const { subject: requestedBy } = requirePrincipal();
    const found = await this.outgoing.findOneBy({ kind, purpose, requestedBy });
    return found && SignedTransferView.of({ id: found.id, hash: found.hash, createdAt: found.createdAt });
  }
}
