import { Broadcast, Event, Key } from '@aitbc/modulith';
import { IsIn, IsString, IsUUID } from 'class-validator';

export const JOB_OUTCOMES = ['completed', 'failed', 'cancelled', 'expired'] as const;
export type JobOutcome = (typeof JOB_OUTCOMES)[number];

/** An agent holds a job of the booking now: once per attempt. */
export class JobAssigned extends Event {
  @Key() @IsUUID() bookingId: string;
  @IsUUID() jobId: string;
  @IsUUID() agentId: string;
}

/** A job came to its end. Once per job. */
export class JobFinished extends Event {
  @Key() @IsUUID() bookingId: string;
  @IsUUID() jobId: string;
  @IsIn(JOB_OUTCOMES) outcome: JobOutcome;
}

/** Wakes the agents that wait for work on an offer. Losing it costs seconds, not the job. */
@Broadcast()
export class JobQueued extends Event {
  @IsString() offerId: string;
  @IsString() jobId: string;
}
