import type { Event } from '@aitbc/modulith';
import { instant, jsonColumn } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { SILENCE_MS } from '../agents/agent.entity.js';
import { AttemptNotHeld, JobAlreadyFinished, JobNotHeld } from '../contract/errors.js';
import { JobAssigned, JobFinished, type JobOutcome, JobQueued, type JobVerdict } from '../contract/events.js';
import { type FailureCode, PROGRAM_END_CODES, PROVIDER_FAILURE_CODES } from '../contract/failure-codes.js';
import type { AttemptStatus, JobStatus } from '../contract/jobs.js';
import type { JobKind } from '../contract/tasks.js';
import { MOST_ATTEMPTS, PATIENCE_MS, requeueDelay, worthAnotherAttempt } from './attempts.js';

export interface JobFailure {
  readonly code: string;
  readonly message: string;
}

/** One agent's attempt at a job. Times are ISO 8601. */
export interface Attempt {
  readonly number: number;
  readonly agentId: string;
  readonly assignedAt: string;
  status: AttemptStatus;
  endedAt: string | null;
  failure: JobFailure | null;
  /** Hash of its agent's submission: a repeated submission is not an error. */
  outcomeDigest: string | null;
}

export interface JobRequest {
  readonly id: string;
  readonly bookingId: string;
  readonly offerId: string;
  readonly clientId: string;
  readonly providerId: string;
  readonly kind: JobKind;
  readonly expiresAt: Date;
  readonly traceparent: string | null;
}

/**
 * Work that a client submitted for a booking. At most one agent holds it, under a lease; a lost attempt is requeued, up
 * to three attempts. Each method changes the job and returns the events for other modules.
 */
@Entity('agents_jobs')
@Index('agents_jobs_by_queue', ['status', 'offerId', 'availableAt'])
@Index('agents_jobs_by_availability', ['status', 'availableAt'])
@Index('agents_jobs_by_client', ['clientId', 'id'])
@Index('agents_jobs_by_booking', ['bookingId', 'id'])
@Index('agents_jobs_by_client_status', ['clientId', 'status'])
@Index('agents_jobs_by_size', ['bookingId', 'storedBytes'])
@Index('agents_jobs_by_holder', ['holderId'])
@Index('agents_jobs_by_due_time', ['dueAt'])
@Index('agents_jobs_by_status', ['status', 'id'])
@Index('agents_jobs_by_provider', ['providerId', 'id'])
@Index('agents_jobs_by_agent', ['agentId', 'id'])
export class Job {
  @PrimaryColumn({ type: 'varchar', length: 36 }) id: string;
  @Column({ name: 'booking_id', type: 'varchar', length: 36 }) bookingId: string;
  @Column({ name: 'offer_id', type: 'varchar', length: 36 }) offerId: string;
  @Column({ name: 'client_id', type: 'varchar', length: 36 }) clientId: string;
  @Column({ name: 'provider_id', type: 'varchar', length: 36 }) providerId: string;
  @Column({ type: 'varchar', length: 16 }) kind: JobKind;
  @Column({ type: 'varchar', length: 16 }) status: JobStatus = 'queued';
  @Column({ type: 'text', transformer: jsonColumn }) attempts: Attempt[] = [];
  /** The agent that holds it now. */
  @Column({ name: 'holder_id', type: 'varchar', length: 36, nullable: true }) holderId: string | null = null;
  /** The agent of the latest attempt, whatever its outcome. */
  @Column({ name: 'agent_id', type: 'varchar', length: 36, nullable: true }) agentId: string | null = null;
  @Column({ name: 'lease_expires_at', type: 'bigint', nullable: true, transformer: instant })
  leaseExpiresAt: Date | null = null;
  /** When the next agent may take it: in the future while a requeued job backs off. */
  @Column({ name: 'available_at', type: 'bigint', transformer: instant }) availableAt: Date;
  @Column({ name: 'expires_at', type: 'bigint', transformer: instant }) expiresAt: Date;
  /** When the next time limit passes; null once it has ended. */
  @Column({ name: 'due_at', type: 'bigint', nullable: true, transformer: instant }) dueAt: Date | null;
  @Column({ type: 'text', nullable: true, transformer: jsonColumn }) failure: JobFailure | null = null;
  @Column({ name: 'created_at', type: 'bigint', transformer: instant }) createdAt: Date;
  @Column({ name: 'finished_at', type: 'bigint', nullable: true, transformer: instant }) finishedAt: Date | null = null;
  /** The size of its task and its result. */
  @Column({ name: 'stored_bytes', type: 'integer', default: 0 }) storedBytes = 0;
  @Column({ type: 'varchar', length: 64, nullable: true }) traceparent: string | null;

  static submit(request: JobRequest, now: Date): Job {
    return Object.assign(new Job(), request, { createdAt: now, availableAt: now, dueAt: request.expiresAt });
  }

  stores(bytes: number): void {
    this.storedBytes += bytes;
  }

  get hasEnded(): boolean {
    return this.finishedAt !== null;
  }

  /** Whether the user is a party to its booking, as client or as provider. */
  hasParty(userId: string): boolean {
    return this.clientId === userId || this.providerId === userId;
  }

  canBeTaken(now: Date): boolean {
    return this.status === 'queued' && this.availableAt <= now && now < this.expiresAt;
  }

  assignTo(agentId: string, now: Date): Event[] {
    const number = this.attempts.length + 1;
    const assignedAt = now.toISOString();
    this.attempts.push({
      number,
      agentId,
      assignedAt,
      status: 'assigned',
      endedAt: null,
      failure: null,
      outcomeDigest: null,
    });
    this.status = 'assigned';
    this.holderId = agentId;
    this.agentId = agentId;
    this.lease(now);
    return [JobAssigned.of({ bookingId: this.bookingId, jobId: this.id, agentId })];
  }

  isHeldBy(agentId: string, attempt: number): boolean {
    return this.holderId === agentId && this.attempts.length === attempt;
  }

  wasEverGivenTo(agentId: string): boolean {
    return this.attempts.some((attempt) => attempt.agentId === agentId);
  }

  /** The holder is alive and works on it. */
  renewLease(now: Date): void {
    this.status = 'running';
    this.current.status = 'running';
    this.lease(now);
  }

  /** Whether the agent already submitted exactly this for this attempt. */
  hasOutcome(agentId: string, number: number, digest: string): boolean {
    const attempt = this.attempts[number - 1];
    return attempt?.agentId === agentId && attempt.outcomeDigest === digest;
  }

  /** @throws AttemptNotHeld */
  complete(agentId: string, attempt: number, digest: string, now: Date): Event[] {
    this.mustBeHeldBy(agentId, attempt);
    this.endAttempt('completed', null, now, digest);
    return this.end('completed', null, now);
  }

  /** @throws AttemptNotHeld */
  attemptFailed(
    agentId: string,
    attempt: number,
    failure: JobFailure & { code: FailureCode },
    digest: string,
    now: Date,
  ): Event[] {
    this.mustBeHeldBy(agentId, attempt);
    this.endAttempt('failed', failure, now, digest);
    return worthAnotherAttempt(failure.code) ? this.tryAgain(failure, now) : this.end('failed', failure, now);
  }

  /** @throws JobAlreadyFinished if it ended in another way */
  cancel(now: Date, message = 'The client cancelled the job.'): Event[] {
    if (this.status === 'cancelled') return [];
    if (this.hasEnded) throw new JobAlreadyFinished(this.id, this.status);
    return this.giveUp('cancelled', { code: 'agents.cancelled', message }, now);
  }

  /**
   * An operator overrides the limit on attempts: the next may begin at once.
   * @throws JobNotHeld
   */
  requeue(reason: string, now: Date): Event[] {
    if (!this.holderId) throw new JobNotHeld(this.id, this.status);
    this.endAttempt('lost', { code: 'agents.requeued', message: `An operator requeued the job: ${reason}` }, now);
    this.queue(now);
    return [JobQueued.of({ offerId: this.offerId, jobId: this.id })];
  }

  bookingEnded(reason: string, now: Date): Event[] {
    if (this.hasEnded) return [];
    const message = `The booking ended: ${reason.replace('_', ' ')}.`;
    return this.giveUp('cancelled', { code: 'agents.booking_ended', message }, now);
  }

  /** Whether it timed out without any attempt: then the outcome depends on whether an agent was online. */
  wasNeverTaken(now: Date): boolean {
    return !this.hasEnded && now >= this.expiresAt && this.attempts.length === 0;
  }

  /** It timed out with no agent of the offer online. */
  expireAlone(now: Date): Event[] {
    const message = 'No agent was online: no agent of the offer was heard from while the job waited.';
    return this.giveUp('expired', { code: 'agents.no_agent_online', message }, now);
  }

  /** Applies the time limit that has passed: the job's own, or its holder's lease. */
  timePassed(now: Date): Event[] {
    if (this.hasEnded) return [];
    if (now >= this.expiresAt) {
      const message =
        this.attempts.length > 0 ? 'The job was not done in time.' : 'No agent had room for the job in time.';
      return this.giveUp('expired', { code: 'agents.job_expired', message }, now);
    }
    if (!this.leaseExpiresAt || now < this.leaseExpiresAt) return [];
    const lost = { code: 'agents.agent_lost', message: 'The agent was not heard of any more.' };
    this.endAttempt('lost', lost, now);
    return this.tryAgain(lost, now);
  }

  private tryAgain(failure: JobFailure, now: Date): Event[] {
    if (this.attempts.length >= MOST_ATTEMPTS) return this.end('failed', failure, now);
    this.queue(new Date(now.getTime() + requeueDelay(this.attempts.length)));
    return [];
  }

  private queue(availableAt: Date): void {
    this.status = 'queued';
    this.availableAt = availableAt;
    this.dueAt = this.expiresAt;
  }

  private giveUp(outcome: 'cancelled' | 'expired', failure: JobFailure, now: Date): Event[] {
    if (this.holderId) this.endAttempt(outcome, failure, now);
    return this.end(outcome, failure, now);
  }

  private endAttempt(status: AttemptStatus, failure: JobFailure | null, now: Date, outcomeDigest?: string): void {
    Object.assign(this.current, { status, failure, endedAt: now.toISOString(), outcomeDigest: outcomeDigest ?? null });
    this.holderId = null;
    this.leaseExpiresAt = null;
  }

  private end(outcome: JobOutcome, failure: JobFailure | null, now: Date): Event[] {
    this.status = outcome;
    this.failure = failure;
    this.finishedAt = now;
    this.dueAt = null;
    return [JobFinished.of({ bookingId: this.bookingId, jobId: this.id, outcome, verdict: this.verdict })];
  }

  /**
   * An agent that executes a program to its end has delivered, whatever the end. A timeout set by the client or a
   * cancellation says nothing, unless an earlier attempt failed because of the provider.
   */
  private get verdict(): JobVerdict {
    const { code } = this.failure ?? {};
    if (this.status === 'completed') return 'delivered';
    if (this.status === 'failed' && code && PROGRAM_END_CODES.includes(code)) return 'delivered';
    if (this.attempts.some(({ failure }) => failure && PROVIDER_FAILURE_CODES.includes(failure.code))) {
      return 'provider_failed';
    }
    const wasPatient = this.expiresAt.getTime() - this.createdAt.getTime() >= PATIENCE_MS;
    return code === 'agents.no_agent_online' && wasPatient ? 'provider_failed' : 'none';
  }

  private lease(now: Date): void {
    this.leaseExpiresAt = new Date(now.getTime() + SILENCE_MS);
    this.dueAt = this.leaseExpiresAt < this.expiresAt ? this.leaseExpiresAt : this.expiresAt;
  }

  private mustBeHeldBy(agentId: string, attempt: number): void {
    if (!this.isHeldBy(agentId, attempt)) throw new AttemptNotHeld(this.id, attempt, this.status);
  }

  private get current(): Attempt {
    return this.attempts.at(-1)!;
  }
}
