import { Query, View } from '@aitbc/modulith';
import { Address, Id, MAX_INTEGER, Text, WholeNumber } from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { JOB_KINDS, type JobKind } from './tasks.js';

const TIME = { example: '2026-01-01T00:00:00.000Z', description: 'In UTC, with milliseconds, just so' } as const;

/** An agent's statement about finished work. Times stay text: the signature covers these exact characters. */
export class ReceiptView extends View {
  @ApiProperty({ example: 1 }) @IsIn([1]) version: 1;
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6091' }) @Id() jobId: string;
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072' }) @Id() bookingId: string;
  @Address({ description: 'Address that the escrow pays' }) provider: string;
  @Address({ description: 'Address that locked the price' }) client: string;
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6081' }) @Id() agentId: string;
  @ApiProperty({ enum: JOB_KINDS, example: 'wasm' }) @IsIn(JOB_KINDS) kind: JobKind;
  @ApiProperty({ example: 12, description: 'Whole milliseconds of execution' })
  @WholeNumber({ min: 1, max: MAX_INTEGER })
  units: number;
  @ApiProperty({ enum: ['millisecond'], example: 'millisecond' }) @IsIn(['millisecond']) unitType: 'millisecond';
  @ApiProperty(TIME) @Text({ max: 40 }) startedAt: string;
  @ApiProperty(TIME) @Text({ max: 40 }) finishedAt: string;
  @ApiProperty({ description: "SHA-256 of the result's canonical JSON (RFC 8785)", example: `0x${'5e'.repeat(32)}` })
  @Text({ max: 66, pattern: /^0x[0-9a-f]{64}$/, says: 'must be 0x and 64 lower case hex digits' })
  resultHash: string;
}

/** Saved to a file, it is the input of `npm run verify-receipt`. */
export class SignedReceiptView extends View {
  @ApiProperty({ type: ReceiptView }) receipt: ReceiptView;
  @ApiProperty({ description: "Ed25519 over the receipt's canonical JSON, base64url" }) agentSignature: string;
  @ApiProperty({ description: 'base64url of 32 bytes' }) agentPublicKey: string;
  @ApiProperty({ description: 'EIP-191 over SHA-256 of the canonical JSON of the three fields above, 0x hex' })
  platformSignature: string;
  @Address() platformAddress: string;
}

/** For client and provider of the job. @throws JobNotFound, JobNotFinished, NoResult, ReceiptNotReady */
export class GetReceipt extends Query<SignedReceiptView> {
  @Id() jobId: string;
}

/** The digest that the platform signs for a completed job, 0x hex of 32 bytes. Used by this module only. */
export class GetCountersignDigest extends Query<string> {
  @Id() jobId: string;
}
