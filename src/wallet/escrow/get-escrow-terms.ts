import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { EscrowTermsView, GetEscrowTerms } from '../contract/escrow.js';
import { CurrentEscrow } from './current-escrow.js';

@QueryHandler(GetEscrowTerms)
export class GetEscrowTermsHandler implements IQueryHandler<GetEscrowTerms> {
  constructor(private readonly escrow: CurrentEscrow) {}

  async execute(): Promise<EscrowTermsView> {
    const { address, chainId, arbiter, treasury, feeBasisPoints } = await this.escrow.get();
    return EscrowTermsView.of({ address, chainId, arbiter, treasury, feeBasisPoints });
  }
}
