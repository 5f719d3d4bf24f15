import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { type Address, type Hex, verifyMessage } from 'viem';
import { CallContract, ExecutionFailed, ExecutionReverted } from '../../blockchain/contract/index.js';
import { type AddressProofView, GetAddressChallenge } from '../contract/address-proofs.js';
import { AddressNotProved } from '../contract/errors.js';
import { AddressChallenge, mustBeFor } from './address-challenge.entity.js';
import { isMagic, signatureQuestion } from './contract-signature.js';

/** Verifies that the caller controls a paying address: with a key (EIP-191), or as a contract (ERC-1271). */
@Injectable()
export class AddressProofs {
  constructor(
    @InjectRepository(AddressChallenge, 'marketplace') private readonly challenges: Repository<AddressChallenge>,
    private readonly queries: QueryBus,
  ) {}

  /**
   * Queries the chain unless a key has signed: call it before any use of a repository.
   * @throws AddressNotProved, and the chain's error if it cannot answer now
   */
  async check(address: string, proof: AddressProofView | undefined): Promise<void> {
    if (!proof) throw new AddressNotProved('proof must be given: a signed challenge of POST /v1/address-challenges.');
    const { nonce, signature } = proof;
    const { message } = await this.queries.execute(GetAddressChallenge.of({ nonce, address }));
    const signed = { address: address as Address, message, signature: signature as Hex };
    // It throws on anything that is not a key's signature.
    if (await verifyMessage(signed).catch(() => false)) return;
    if (!(await this.isAcceptedBy(address, message, signature))) {
      throw new AddressNotProved(
        'The address has not signed the message of the challenge: neither its key nor, by ERC-1271, its contract.',
      );
    }
  }

  /** Part of the caller's unit of work. @throws AddressNotProved if it was used meanwhile */
  async useUp(nonce: string, owner: { userId: string; address: string }, now: Date): Promise<void> {
    mustBeFor(await this.challenges.findOneBy({ nonce }), owner, now);
    await this.challenges.delete({ nonce });
  }

  private async isAcceptedBy(address: string, message: string, signature: string): Promise<boolean> {
    try {
      const data = signatureQuestion(message, signature as Hex);
      return isMagic(await this.queries.execute(CallContract.of({ to: address, data })));
    } catch (error) {
      // The contract's own answer; a busy or unavailable chain, or a timeout, says nothing about the signature.
      if (error instanceof ExecutionReverted || error instanceof ExecutionFailed) return false;
      throw error;
    }
  }
}
