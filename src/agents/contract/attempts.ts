import { Command, Query, View } from '@aitbc/modulith';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { FAILURE_CODES, type FailureCode } from './failure-codes.js';
import { JobResultView } from './job-result.js';
import { ReceiptView } from './receipts.js';
import { JOB_KINDS, type JobKind, WasmTask } from './tasks.js';

/** One of the up to three attempts at a job. */
export class AttemptRef extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6091' }) @IsUUID() jobId: string;
  @ApiProperty({ example: 1 }) @IsInt() @Min(1) @Max(100) attempt: number;
}

export class HeartbeatView extends View {
  @ApiProperty({ type: [AttemptRef], description: 'Attempts that the agent holds no longer: it should stop them' })
  released: AttemptRef[];
  @ApiProperty({ example: 45, description: 'The agent counts as gone when it is silent for so long' })
  leaseSeconds: number;
}

/** An agent lives and works on these attempts: renews its leases. @throws AgentNotFound */
export class Heartbeat extends Command<HeartbeatView> {
  @IsUUID() agentId: string;

  @ApiProperty({ type: [AttemptRef] })
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => AttemptRef)
  attempts: AttemptRef[];
}

/**
 * Gives the oldest job that waits for this agent to it, under a lease; undefined when none waits.
 * @throws AgentNotFound, KeyMissing
 */
export class TakeJob extends Command<AttemptRef | undefined> {
  @IsUUID() agentId: string;
}

/** Whether TakeJob would give the agent a job now: asked often, and cheaper than trying. @throws AgentNotFound, KeyMissing */
export class IsJobWaiting extends Query<boolean> {
  @IsUUID() agentId: string;
}

/** All that an agent needs for an attempt that it holds. */
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

/** @throws JobNotFound when the agent does not hold this attempt */
export class GetAssignment extends Query<AssignmentView> {
  @IsUUID() agentId: string;
  @IsUUID() jobId: string;
  @IsInt() @Min(1) attempt: number;
}

/**
 * The holder of an attempt brings the result and the receipt that it signed. Bringing the same again changes nothing.
 * @throws JobNotFound, AttemptNotHeld, ReceiptRefused
 */
export class SubmitResult extends Command {
  @IsUUID() jobId: string;
  @IsInt() @Min(1) @Max(100) attempt: number;

  @ApiProperty({ type: JobResultView }) @ValidateNested() @Type(() => JobResultView) result: JobResultView;

  @ApiProperty({ type: ReceiptView }) @ValidateNested() @Type(() => ReceiptView) receipt: ReceiptView;

  @ApiProperty({
    description: "Ed25519 over the receipt's canonical JSON, base64url",
    example: '0t5o'.repeat(21) + '5w',
  })
  @Matches(/^[\w-]{86}$/, { message: 'agentSignature must be 64 bytes as base64url, 86 characters' })
  agentSignature: string;

  @ApiProperty({ description: 'base64url of 32 bytes', example: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' })
  @Matches(/^[\w-]{43}$/, { message: 'agentPublicKey must be 32 bytes as base64url, 43 characters' })
  agentPublicKey: string;
}

/**
 * The holder of an attempt says why it brings no result. Saying the same again changes nothing.
 * @throws JobNotFound, AttemptNotHeld
 */
export class SubmitFailure extends Command {
  @IsUUID() jobId: string;
  @IsInt() @Min(1) @Max(100) attempt: number;
  @ApiProperty({ enum: FAILURE_CODES, example: 'agents.wasm_trapped' }) @IsIn(FAILURE_CODES) code: FailureCode;
  @ApiProperty({ maxLength: 10_000, example: 'The job stopped: unreachable.' })
  @IsString()
  @MaxLength(10_000)
  message: string;
}
