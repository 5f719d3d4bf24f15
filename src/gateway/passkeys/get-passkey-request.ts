import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetPasskeyRequest, PasskeyRequestView } from '../contract/index.js';
import { PasskeyChallenges, SIGN_IN } from './passkey-challenges.js';
import { RelyingParty } from './relying-party.js';

@QueryHandler(GetPasskeyRequest)
export class GetPasskeyRequestHandler implements IQueryHandler<GetPasskeyRequest> {
  constructor(
    private readonly challenges: PasskeyChallenges,
    private readonly relyingParty: RelyingParty,
  ) {}

  async execute(): Promise<PasskeyRequestView> {
    return PasskeyRequestView.of({ options: await this.relyingParty.requestOptions(this.challenges.issue(SIGN_IN)) });
  }
}
