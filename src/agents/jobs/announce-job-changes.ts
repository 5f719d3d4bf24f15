import { continueTrace } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntitySubscriberInterface, type InsertEvent, type UpdateEvent } from 'typeorm';
import { JobChanged } from '../contract/events.js';
import { Job } from './job.entity.js';

/** Publishes a job's new status, whatever changed it, on commit. */
@Injectable()
export class AnnounceJobChanges implements EntitySubscriberInterface<Job> {
  constructor(
    @InjectDataSource('agents') dataSource: DataSource,
    private readonly events: EventBus,
  ) {
    dataSource.subscribers.push(this);
  }

  listenTo() {
    return Job;
  }

  afterInsert({ entity }: InsertEvent<Job>): void {
    this.announce(entity);
  }

  afterUpdate({ entity, updatedColumns }: UpdateEvent<Job>): void {
    if (updatedColumns.some(({ propertyName }) => propertyName === 'status')) this.announce(entity as Job);
  }

  private announce({ id: jobId, bookingId, clientId, providerId, status, attempts, traceparent }: Job): void {
    const changed = JobChanged.of({ bookingId, jobId, clientId, providerId, status, attempts: attempts.length });
    continueTrace(traceparent ?? undefined, () => this.events.publish(changed));
  }
}
