import { Query, View } from '@aitbc/modulith';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';

/** Characters of each stream; an agent's own limit is lower. */
const OUTPUT_CHARACTERS = 2_000_000;

/** What a WASM job left. */
export class JobResultView extends View {
  @ApiProperty({ example: 0 }) @IsInt() @Min(0) @Max(0xffff_ffff) exitCode: number;
  @ApiProperty({ example: 'hello' }) @IsString() @MaxLength(OUTPUT_CHARACTERS) stdout: string;
  @ApiProperty({ example: '' }) @IsString() @MaxLength(OUTPUT_CHARACTERS) stderr: string;
  @ApiPropertyOptional({ enum: ['base64'], description: 'Present when the output is not UTF-8 and therefore base64' })
  @IsOptional()
  @IsIn(['base64'])
  encoding?: 'base64';
}

/** For the job's client. @throws JobNotFound, JobNotFinished, NoResult */
export class GetJobResult extends Query<JobResultView> {
  @IsUUID() jobId: string;
}
