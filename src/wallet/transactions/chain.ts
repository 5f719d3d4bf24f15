import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Address, Hex } from 'viem';
import {
  type BlockEffectsView,
  CallContract,
  EstimateGas,
  GetAccount,
  GetBlockEffects,
  GetChain,
  GetFees,
  GetHead,
  GetTransaction,
  SubmitTransaction,
  TransactionNotFound,
} from '../../blockchain/contract/index.js';
import { GetFollowedBlock } from '../contract/own-messages.js';
import type { CurrentFees } from './fees.js';

/** The chain data needed to sign a transaction. */
export interface Quote {
  readonly chainId: number;
  readonly balance: bigint;
  /** The number of the account's transactions in blocks. */
  readonly nonce: number;
  readonly fees: CurrentFees;
}

/** Queries the chain over the bus: call it before a unit of work opens. */
@Injectable()
export class Chain {
  private chainId?: number;

  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  async account(address: string): Promise<{ balance: bigint; nonce: number }> {
    return this.queries.execute(GetAccount.of({ address, notBefore: await this.known() }));
  }

  async quote(address: string): Promise<Quote> {
    const chainId = await this.id();
    const [{ balance, nonce }, { baseFee, priorityFee }] = await Promise.all([
      this.account(address),
      this.queries.execute(GetFees.of({})),
    ]);
    return { chainId, balance, nonce, fees: { baseFee, priorityFee } };
  }

  /** A chain never changes its id. */
  async id(): Promise<number> {
    this.chainId ??= (await this.queries.execute(GetChain.of({}))).chainId;
    return this.chainId;
  }

  async estimateGas(call: { from: Address; to: Address; value: bigint; data?: Hex }): Promise<bigint> {
    const { gas } = await this.queries.execute(EstimateGas.of(call));
    return BigInt(gas);
  }

  async call(to: string, data: Hex): Promise<string> {
    return this.queries.execute(CallContract.of({ to, data, notBefore: await this.known() }));
  }

  /** Whether a block has the transaction. */
  async includes(hash: string): Promise<boolean> {
    try {
      return (await this.queries.execute(GetTransaction.of({ hash }))).status !== 'pending';
    } catch (error) {
      if (error instanceof TransactionNotFound) return false;
      throw error;
    }
  }

  /** Idempotent for transactions that the chain already has. */
  async submit(raw: string): Promise<void> {
    await this.commands.execute(SubmitTransaction.of({ raw }));
  }

  head(): Promise<{ number: number; hash: string }> {
    return this.queries.execute(GetHead.of({}));
  }

  /** A lagging chain replica must not answer without blocks already processed here. */
  private async known(): Promise<number> {
    return (await this.queries.execute(GetFollowedBlock.of({}))).number;
  }

  /** @param logsOf the contracts whose logs to return. */
  effects(number: number, logsOf: string[]): Promise<BlockEffectsView> {
    return this.queries.execute(GetBlockEffects.of({ number, logsOf }));
  }
}
