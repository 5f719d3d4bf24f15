import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Not, Repository } from 'typeorm';
import { GetAccount } from '../blockchain/contract/index.js';
import { GetEscrowTerms } from '../wallet/contract/index.js';
import { Booking } from './bookings/booking.entity.js';
import { booksOf, differenceOf, type EscrowBooks, lastingDifference } from './escrow-books.js';

/** A difference counts once it has persisted this long. */
const LASTING_MS = 60_000;

/**
 * Compares the escrow contracts' balance with the bookings. The marketplace decides on a payment before the chain makes
 * it and knows a booking before its money is locked, so its books bound the balance at any time.
 */
@Injectable()
export class EscrowCheck {
  private readonly seen: { readonly at: number; readonly difference: bigint }[] = [];

  constructor(
    @InjectRepository(Booking, 'marketplace') private readonly bookings: Repository<Booking>,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async books(): Promise<EscrowBooks> {
    return booksOf(await this.openMoney(), this.clock.now());
  }

  /** Base units by which the contracts' balance has been out of bounds for a minute, on each check. */
  async difference(): Promise<bigint> {
    const now = this.clock.now().getTime();
    const difference = await this.differenceNow();
    this.seen.push({ at: now, difference });
    // Keeps a sample that is a minute old, however rare the checks are: a difference seen only once may be momentary.
    while (this.seen.length > 1 && Math.abs(now - this.seen[1]!.at) >= LASTING_MS) this.seen.shift();
    if (Math.abs(now - this.seen[0]!.at) < LASTING_MS) return 0n;
    return lastingDifference(this.seen.map((each) => each.difference));
  }

  /** The books are read before and after the balance: concurrent changes widen the bounds. */
  private async differenceNow(): Promise<bigint> {
    const before = await this.openMoney();
    const balance = await this.balanceOf(await this.contractsOf(before));
    const books = [before, await this.openMoney()].map((bookings) => booksOf(bookings, this.clock.now()));
    return differenceOf(balance, {
      least: books[0]!.least < books[1]!.least ? books[0]!.least : books[1]!.least,
      most: books[0]!.most > books[1]!.most ? books[0]!.most : books[1]!.most,
    });
  }

  private async openMoney(): Promise<Booking[]> {
    return this.bookings.find({
      select: { id: true, status: true, total: true, escrow: SELECTED },
      where: [{ escrow: { releaseTransaction: IsNull(), lockTransaction: Not(IsNull()) } }, { status: 'requested' }],
    });
  }

  /** The contracts of the open bookings, and the current one: it may hold money without a booking. */
  private async contractsOf(bookings: readonly Booking[]): Promise<Set<string>> {
    // In EIP-55 form, the only one that a query accepts.
    const addresses = new Set(bookings.map(({ escrow }) => escrow.address));
    const current = await this.queries.execute(GetEscrowTerms.of({})).catch((error: unknown) => {
      if (addresses.size === 0) throw error;
    });
    return current ? addresses.add(current.address) : addresses;
  }

  private async balanceOf(contracts: ReadonlySet<string>): Promise<bigint> {
    const accounts = await Promise.all(
      [...contracts].map((address) => this.queries.execute(GetAccount.of({ address }))),
    );
    return accounts.reduce((sum, { balance }) => sum + balance, 0n);
  }
}

const SELECTED = {
  address: true,
  lockedAmount: true,
  providerGross: true,
  expiresAt: true,
  lockTransaction: true,
  releaseTransaction: true,
} as const;
