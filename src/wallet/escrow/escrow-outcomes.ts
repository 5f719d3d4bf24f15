import { continueTrace } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import type { BlockEffectsView, TransactionEffectView } from '../../blockchain/contract/index.js';
import { EscrowLocked, EscrowSettled, EscrowWithdrawn } from '../contract/events.js';
import { OutgoingTransaction } from '../transactions/outgoing-transaction.entity.js';
import { EscrowContract } from './escrow-contract.entity.js';
import { readEscrowEvent } from './job-escrow-calls.js';

type EscrowOutcome = EscrowLocked | EscrowSettled | EscrowWithdrawn;

/** Publishes the outcomes of the escrow contracts, and detects their deployment. */
@Injectable()
export class EscrowOutcomes {
  constructor(
    @InjectRepository(EscrowContract, 'wallet') private readonly contracts: Repository<EscrowContract>,
    @InjectRepository(OutgoingTransaction, 'wallet') private readonly outgoing: Repository<OutgoingTransaction>,
    private readonly events: EventBus,
  ) {}

  async contractAddresses(): Promise<string[]> {
    return (await this.contracts.find({ select: { address: true } })).map(({ address }) => address);
  }

  async take({ number, timestamp, transactions }: BlockEffectsView): Promise<void> {
    await this.takeDeployments(number, transactions);
    const addresses = [...new Set(transactions.flatMap(({ logs }) => logs.map(({ address }) => address)))];
    if (addresses.length === 0) return;
    const known = new Set((await this.contracts.findBy({ address: In(addresses) })).map(({ address }) => address));
    for (const { hash, logs } of transactions) {
      // Anyone can deploy a contract that logs "Locked": only those deployed from here are trusted.
      const said = logs
        .filter(({ address }) => known.has(address))
        .flatMap((log) => toEvent(log, hash, timestamp) ?? []);
      if (said.length > 0) await this.announce(hash, said);
    }
  }

  private async takeDeployments(blockNumber: number, transactions: readonly TransactionEffectView[]): Promise<void> {
    const created = transactions.filter(({ to }) => to === null);
    if (created.length === 0) return;
    const contracts = await this.contracts.findBy({ transactionHash: In(created.map(({ hash }) => hash)) });
    for (const contract of contracts) {
      const succeeded = created.some(({ hash, succeeded: ok }) => ok && hash === contract.transactionHash);
      contract.deployed(blockNumber, succeeded);
    }
    if (contracts.length > 0) await this.contracts.save(contracts);
  }

  /** In the trace that caused the transaction, so that a booking's trace includes its payments. */
  private async announce(hash: string, said: readonly EscrowOutcome[]): Promise<void> {
    const origin = await this.outgoing.findOneBy({ hash });
    continueTrace(origin?.traceparent ?? undefined, () => {
      for (const event of said) this.events.publish(event);
    });
  }
}

function toEvent(log: { address: string; topics: string[]; data: string }, transactionHash: string, lockedAt: Date) {
  const event = readEscrowEvent(log);
  if (!event) return undefined;
  const { bookingId, client: clientAddress } = event;
  const common = { bookingId, escrowAddress: log.address, clientAddress, transactionHash };
  switch (event.name) {
    case 'Locked': {
      const { provider: providerAddress, amount, expiresAt } = event;
      return EscrowLocked.of({ ...common, providerAddress, amount, expiresAt, lockedAt });
    }
    case 'Settled': {
      const { toProvider, toTreasury, toClient } = event;
      return EscrowSettled.of({ ...common, toProvider, toTreasury, toClient });
    }
    case 'Withdrawn':
      return EscrowWithdrawn.of({ ...common, amount: event.amount });
  }
}
