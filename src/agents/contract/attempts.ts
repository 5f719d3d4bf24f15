import { Command, Query, View } from '@aitbc/modulith';
import { Id, MAX_INTEGER, Nested, NestedList, Text, WholeNumber } from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { FAILURE_CODES, type FailureCode } from './failure-codes.js';
import { JobResultView } from './job-result.js';
import { ReceiptView } from './receipts.js';
import { JOB_KINDS, type JobKind, WasmTask } from './tasks.js';

/** One of the up to three attempts at a job. */
export class AttemptRef extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6091' }) @Id() jobId: string;
  @ApiProperty({ example: 1 }) @WholeNumber({ min: 1, max: 100 }) attempt: number;
}

export class HeartbeatView extends View {
  @ApiProperty({ type: [AttemptRef], description: 'Attempts that the agent holds no longer: it should stop them' })
  released: AttemptRef[];
  @ApiProperty({ example: 45, description: 'The agent counts as gone when it is silent for so long' })
  leaseSeconds: number;
}

/** An agent reports that it is alive and works on these attempts; renews their leases. @throws AgentNotFound */
export class Heartbeat extends Command<HeartbeatView> {
  @Id() agentId: string;

  @ApiProperty({ type: [AttemptRef] })
  @NestedList(() => AttemptRef, { max: 100 })
  attempts: AttemptRef[];
}

/**
 * Assigns the oldest waiting job to this agent, under a lease; undefined if none waits.
 * @throws AgentNotFound, KeyMissing
 */
export class TakeJob extends Command<AttemptRef | undefined> {
  @Id() agentId: string;
}

/** Whether TakeJob would assign a job now: polled often, and cheaper than trying. @throws AgentNotFound, KeyMissing */
export class IsJobWaiting extends Query<boolean> {
  @Id() agentId: string;
}

/** The data that an agent needs for an attempt that it holds. */
export class AssignmentView extends View {
  @ApiProperty() jobId: string;
  @ApiProperty({ example: 1 }) attempt: number;
  @ApiProperty() bookingId: string;
  @ApiProperty() agentId: string;
  @ApiProperty({ description: 'Address that the escrow pays' }) provider: string;
  @ApiProperty({ description: 'Address that locked the price' }) client: string;
  @ApiProperty({ enum: JOB_KINDS, example: 'wasm' }) kind: JobKind;
  @ApiProperty({ type: WasmTask }) task: WasmTask;
  @ApiProperty({ description: 'The lease; each heartbeat renews it' }) leaseExpiresAt: Date;
  @ApiProperty({ description: 'Nobody wants the result after this' }) expiresAt: Date;
  @ApiProperty({ type: String, nullable: true, description: 'W3C trace context that the agent continues' })
  traceparent: string | null;
}

/** @throws JobNotFound if the agent does not hold this attempt */
export class GetAssignment extends Query<AssignmentView> {
  @Id() agentId: string;
  @Id() jobId: string;
  @WholeNumber({ min: 1, max: MAX_INTEGER }) attempt: number;
}

/**
 * The holder of an attempt submits the result and its signed receipt. Idempotent.
 * @throws JobNotFound, AttemptNotHeld, ReceiptRefused
 */
export class SubmitResult extends Command {
  @Id() jobId: string;
  @WholeNumber({ min: 1, max: 100 }) attempt: number;

  @ApiProperty({ type: JobResultView }) @Nested(() => JobResultView) result: JobResultView;

  @ApiProperty({ type: ReceiptView }) @Nested(() => ReceiptView) receipt: ReceiptView;

  @ApiProperty({
    description: "Ed25519 over the receipt's canonical JSON, base64url",
    example: '0t5o'.repeat(21) + '5w',
  })
  @Text({ max: 86, pattern: /^[\w-]{86}$/, says: 'must be 64 bytes as base64url, 86 characters' })
  agentSignature: string;

  @ApiProperty({ description: 'base64url of 32 bytes', example: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' })
  @Text({ max: 43, pattern: /^[\w-]{43}$/, says: 'must be 32 bytes as base64url, 43 characters' })
  agentPublicKey: string;
}

/**
 * The holder of an attempt reports why there is no result. Idempotent.
 * @throws JobNotFound, AttemptNotHeld
 */
export class SubmitFailure extends Command {
  @Id() jobId: string;
  @WholeNumber({ min: 1, max: 100 }) attempt: number;
  @ApiProperty({ enum: FAILURE_CODES, example: 'agents.wasm_trapped' }) @IsIn(FAILURE_CODES) code: FailureCode;
  @ApiProperty({ maxLength: 10_000, example: 'The job stopped: unreachable.' })
  @Text({ min: 0, max: 10_000, controls: 'replaced' })
  message: string;
}
