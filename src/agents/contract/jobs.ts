import { Command, Query, View } from '@aitbc/modulith';
import { Id, MAX_INTEGER, Nested, OptionalField, type Page, PageQuery, WholeNumber } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { JOB_KINDS, type JobKind, WasmTask } from './tasks.js';

export const JOB_STATUSES = ['queued', 'assigned', 'running', 'completed', 'failed', 'cancelled', 'expired'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const ATTEMPT_STATUSES = ['assigned', 'running', 'completed', 'failed', 'lost', 'cancelled', 'expired'] as const;
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

export class JobFailureView extends View {
  @ApiProperty({ example: 'agents.wasm_time_exceeded' }) code: string;
  @ApiProperty({ example: 'The job ran longer than 60000 ms.' }) message: string;
}

export class AttemptView extends View {
  @ApiProperty({ example: 1 }) number: number;
  @ApiProperty() agentId: string;
  @ApiProperty({ enum: ATTEMPT_STATUSES, example: 'completed' }) status: AttemptStatus;
  @ApiProperty() assignedAt: Date;
  @ApiProperty({ type: Date, nullable: true }) endedAt: Date | null;
  @ApiProperty({ type: JobFailureView, nullable: true }) failure: JobFailureView | null;
}

export class JobView extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6091' }) id: string;
  @ApiProperty() bookingId: string;
  @ApiProperty() clientId: string;
  @ApiProperty({ enum: JOB_KINDS, example: 'wasm' }) kind: JobKind;
  @ApiProperty({ enum: JOB_STATUSES, example: 'completed' }) status: JobStatus;
  @ApiProperty({ type: [AttemptView] }) attempts: AttemptView[];
  @ApiProperty({ type: JobFailureView, nullable: true, description: 'Why it ended without a result' })
  failure: JobFailureView | null;
  @ApiProperty() createdAt: Date;
  @ApiProperty({ description: 'Unfinished by then, it expires' }) expiresAt: Date;
  @ApiProperty({ type: Date, nullable: true }) finishedAt: Date | null;
}

/**
 * The client of a funded booking submits work for its provider's agents.
 * @throws BookingNotOpen, OnlyClientMaySubmit, WasmMalformed and similar, and the marketplace's BookingNotFound
 */
export class SubmitJob extends Command<JobView> {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072' }) @Id() bookingId: string;

  @ApiProperty({ type: WasmTask }) @Nested(() => WasmTask) task: WasmTask;

  @ApiPropertyOptional({ example: 900, minimum: 1, maximum: 86_400, default: 900 })
  @OptionalField()
  @WholeNumber({ min: 1, max: 86_400 })
  ttlSeconds?: number;
}

/** Ends an unfinished job; later submissions by its agent are refused. @throws JobNotFound, JobAlreadyFinished */
export class CancelJob extends Command<JobView> {
  @Id() jobId: string;
}

/** Visible to its client, its provider and operators. @throws JobNotFound */
export class GetJob extends Query<JobView> {
  @Id() jobId: string;
}

/** The caller's submitted jobs and those on the caller's GPUs, newest first; an operator sees all. */
export class ListJobs extends PageQuery<Page<JobView>> {
  @ApiPropertyOptional({ enum: JOB_STATUSES, example: 'completed' })
  @OptionalField()
  @IsIn(JOB_STATUSES)
  status?: JobStatus;

  @ApiPropertyOptional({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072' }) @OptionalField() @Id() bookingId?: string;

  @ApiPropertyOptional({ example: '019a2b3c-0000-7000-8000-00000000000c', description: 'User id' })
  @OptionalField()
  @Id()
  clientId?: string;

  @ApiPropertyOptional({ example: '019a2b3c-0000-7000-8000-00000000000d', description: 'User id' })
  @OptionalField()
  @Id()
  providerId?: string;

  @ApiPropertyOptional({
    example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6081',
    description: 'The agent that holds it, or held it last',
  })
  @OptionalField()
  @Id()
  agentId?: string;
}

export class JobUsageView extends View {
  @WholeNumber({ min: 0, max: MAX_INTEGER }) waiting: number;
  @WholeNumber({ min: 0, max: MAX_INTEGER }) waitingOfBooking: number;
  /** Of tasks and results, in bytes. */
  @WholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER }) storedBytes: number;
}

/** The caller's waiting jobs, and the storage used by one of their bookings. Used by this module only. */
export class GetJobUsage extends Query<JobUsageView> {
  @Id() bookingId: string;
}

/** Whether this module knows the booking to be funded. Used by this module only. */
export class IsBookingKnown extends Query<boolean> {
  @Id() bookingId: string;
}
