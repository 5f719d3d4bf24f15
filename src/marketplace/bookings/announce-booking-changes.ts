import { continueTrace } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntitySubscriberInterface, type InsertEvent, type UpdateEvent } from 'typeorm';
import { BookingChanged } from '../contract/events.js';
import { Booking } from './booking.entity.js';

/** Publishes a booking's new status, whatever changed it, on commit. */
@Injectable()
export class AnnounceBookingChanges implements EntitySubscriberInterface<Booking> {
  constructor(
    @InjectDataSource('marketplace') dataSource: DataSource,
    private readonly events: EventBus,
  ) {
    dataSource.subscribers.push(this);
  }

  listenTo() {
    return Booking;
  }

  afterInsert({ entity }: InsertEvent<Booking>): void {
    this.announce(entity);
  }

  afterUpdate({ entity, updatedColumns }: UpdateEvent<Booking>): void {
    if (updatedColumns.some(({ propertyName }) => propertyName === 'status')) this.announce(entity as Booking);
  }

  private announce({ id: bookingId, offerId, clientId, providerId, status, traceparent }: Booking): void {
    const changed = BookingChanged.of({ bookingId, offerId, clientId, providerId, status });
    continueTrace(traceparent ?? undefined, () => this.events.publish(changed));
  }
}
