import { afterCommit, type Event } from '@aitbc/modulith';
import { AIT, byStatus, exportGauge, replaceMetric, SparingRead } from '@aitbc/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter } from 'prom-client';
import { BookingSettled } from './contract/events.js';
import { MarketplaceCounts } from './marketplace-counts.js';
import { EscrowCheck } from './escrow-check.js';

/**
 * Exports the outcomes of bookings and payments, in AIT. Amounts in metrics are floating point and must not be used for
 * computation. Values read from the database are the same in every replica: use `max`.
 */
@Injectable()
export class BookingMetrics implements OnModuleInit {
  private readonly paid = replaceMetric(
    'aitbc_escrow_paid_ait_total',
    (name) =>
      new Counter({ name, help: 'Money that left the escrow, by who got it, counted once', labelNames: ['recipient'] }),
  );

  constructor(
    private readonly counts: MarketplaceCounts,
    private readonly escrow: EscrowCheck,
  ) {}

  onModuleInit(): void {
    // Start at zero: Prometheus sees no increase in a series that did not exist before.
    for (const recipient of ['provider', 'treasury', 'client']) this.paid.inc({ recipient }, 0);
    exportGauge({
      name: 'aitbc_bookings',
      help: 'Bookings by status; replicas say the same: use max. The last statuses may be counted seconds ago',
      labels: ['status'],
      read: async () => byStatus(await this.counts.bookingsByStatus()),
    });
    exportGauge({
      name: 'aitbc_offers',
      help: 'Offers by status; replicas say the same: use max. The last statuses may be counted seconds ago',
      labels: ['status'],
      read: async () => byStatus(await this.counts.offersByStatus()),
    });
    const books = new SparingRead(() => this.escrow.books());
    exportGauge({
      name: 'aitbc_escrow_held_ait',
      help: 'Money that bookings have locked in the escrow and that was not paid out; replicas say the same: use max',
      read: async () => inAit((await books.get()).held),
    });
    const difference = new SparingRead(() => this.escrow.difference());
    exportGauge({
      name: 'aitbc_escrow_difference_ait',
      help: 'Balance of the escrow contracts less what bookings account for, for a minute at least. Below zero: money is missing. Above: nobody booked it, or a payee has not claimed it. Replicas say about the same: use max',
      read: async () => inAit(await difference.get()),
    });
  }

  happened(events: readonly Event[]): void {
    for (const event of events) if (event instanceof BookingSettled) afterCommit(() => this.countPayment(event));
  }

  private countPayment({ toProvider, toTreasury, toClient }: BookingSettled): void {
    this.paid.inc({ recipient: 'provider' }, inAit(toProvider));
    this.paid.inc({ recipient: 'treasury' }, inAit(toTreasury));
    this.paid.inc({ recipient: 'client' }, inAit(toClient));
  }
}

const inAit = (amount: bigint): number => Number(amount) / Number(AIT);
