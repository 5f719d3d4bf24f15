import { Broadcast, Event, Key } from '@aitbc/modulith';
import { Id, MAX_INTEGER, OptionalField, Switch, Text, WholeNumber } from '@aitbc/platform';
import { IsIn } from 'class-validator';
import { JOB_STATUSES, type JobStatus } from './jobs.js';

export const JOB_OUTCOMES = ['completed', 'failed', 'cancelled', 'expired'] as const;
export type JobOutcome = (typeof JOB_OUTCOMES)[number];

/**
 * What a job's outcome shows about its provider: it was executed, it failed because of the provider (a lost lease, a
 * refusal, no agent online), or neither, for example if the client cancelled it.
 */
export const JOB_VERDICTS = ['delivered', 'provider_failed', 'none'] as const;
export type JobVerdict = (typeof JOB_VERDICTS)[number];

/** An agent now holds a job of the booking: once per attempt. */
export class JobAssigned extends Event {
  @Key() @Id() bookingId: string;
  @Id() jobId: string;
  @Id() agentId: string;
}

/** A job has ended. Once per job. */
export class JobFinished extends Event {
  @Key() @Id() bookingId: string;
  @Id() jobId: string;
  @IsIn(JOB_OUTCOMES) outcome: JobOutcome;
  /** Absent in events of earlier releases. */
  @OptionalField() @IsIn(JOB_VERDICTS) verdict?: JobVerdict;
}

/** A booking takes no more jobs; reports its use. For each `BookingEnded` of a booking that was funded. */
export class BookingClosed extends Event {
  @Key() @Id() bookingId: string;
  /** Whether any of its jobs was assigned to an agent. */
  @Switch() jobsTaken: boolean;
  /** Whether an agent of the offer was online since the booking was funded. */
  @Switch() agentWasOnline: boolean;
}

/** A job's status has changed, for display; it may be `queued` again after a failed attempt. */
export class JobChanged extends Event {
  @Key() @Id() bookingId: string;
  @Id() jobId: string;
  @Text({ max: 100 }) clientId: string;
  @Text({ max: 100 }) providerId: string;
  @IsIn(JOB_STATUSES) status: JobStatus;
  /** How often it was assigned to an agent. */
  @WholeNumber({ min: 0, max: MAX_INTEGER }) attempts: number;
}

/** Wakes the agents that wait for work on an offer. Losing it causes a delay of seconds, not the loss of the job. */
@Broadcast()
export class JobQueued extends Event {
  @Text({ max: 100 }) offerId: string;
  @Text({ max: 100 }) jobId: string;
}
