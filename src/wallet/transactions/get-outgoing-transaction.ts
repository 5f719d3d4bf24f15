import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GetOutgoingTransaction, OutgoingTransactionView } from '../contract/own-messages.js';
import { OutgoingTransaction } from './outgoing-transaction.entity.js';

@QueryHandler(GetOutgoingTransaction)
export class GetOutgoingTransactionHandler implements IQueryHandler<GetOutgoingTransaction> {
  constructor(
    @InjectRepository(OutgoingTransaction, 'wallet') private readonly outgoing: Repository<OutgoingTransaction>,
  ) {}

  async execute({ transactionId: id }: GetOutgoingTransaction): Promise<OutgoingTransactionView> {
    const { isOpen, raw, hash } = await this.outgoing.findOneByOrFail({ id });
    return OutgoingTransactionView.of({ isOpen, raw, hash });
  }
}
