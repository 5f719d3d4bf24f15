import { Broadcast, Event, Key } from '@aitbc/modulith';
import { Id, MAX_INTEGER, OptionalField, Switch, Text, WholeNumber } from '@aitbc/platform';
import { IsIn } from 'class-validator';
import { JOB_STATUSES, type JobStatus } from './jobs.js';

export const JOB_OUTCOMES = ['completed', 'failed', 'cancelled', 'expired'] as const;
export type JobOutcome = (typeof JOB_OUTCOMES)[number];

/**
 * What a job says about its provider: it was executed, it failed through the provider (a lost lease, a refusal, no agent
 * there), or neither, as when the client took it back.
 */
export const JOB_VERDICTS = ['delivered', 'provider_failed', 'none'] as const;
export type JobVerdict = (typeof JOB_VERDICTS)[number];

/** An agent holds a job of the booking now: once per attempt. */
export class JobAssigned extends Event {
  @Key() @Id() bookingId: string;
  @Id() jobId: string;
  @Id() agentId: string;
}

/** A job came to its end. Once per job. */
export class JobFinished extends Event {
  @Key() @Id() bookingId: string;
  @Id() jobId: string;
  @IsIn(JOB_OUTCOMES) outcome: JobOutcome;
  /** Absent in what earlier releases published. */
  @OptionalField() @IsIn(JOB_VERDICTS) verdict?: JobVerdict;
}

/** A booking takes no more jobs, and this is what was made of it. For each `BookingEnded` of a booking that was funded. */
export class BookingClosed extends Event {
  @Key() @Id() bookingId: string;
  /** Whether an agent was given a job of it. */
  @Switch() jobsTaken: boolean;
  /** Whether an agent of the offer was there since the booking was funded. */
  @Switch() agentWasOnline: boolean;
}

/** A job has another status than before, for whoever shows it; it may be `queued` again after an attempt that failed. */
export class JobChanged extends Event {
  @Key() @Id() bookingId: string;
  @Id() jobId: string;
  @Text({ max: 100 }) clientId: string;
  @Text({ max: 100 }) providerId: string;
  @IsIn(JOB_STATUSES) status: JobStatus;
  /** How many times an agent was given it. */
  @WholeNumber({ min: 0, max: MAX_INTEGER }) attempts: number;
}

/** Wakes the agents that wait for work on an offer. Losing it costs seconds, not the job. */
@Broadcast()
export class JobQueued extends Event {
  @Text({ max: 100 }) offerId: string;
  @Text({ max: 100 }) jobId: string;
}
