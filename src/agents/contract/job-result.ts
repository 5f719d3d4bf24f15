import { Query, View } from '@aitbc/modulith';
import { Id, OptionalField, Text, WholeNumber } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

/** Characters of each stream; an agent's own limit is lower. */
const OUTPUT = { min: 0, max: 2_000_000, controls: 'all' } as const;

/** The output of a WASM job. */
export class JobResultView extends View {
  @ApiProperty({ example: 0 }) @WholeNumber({ min: 0, max: 0xffff_ffff }) exitCode: number;
  @ApiPropertyOptional({
    example: 'unreachable',
    description: 'Present when the program trapped: why. Its exit code is 134',
  })
  @OptionalField()
  @Text({ max: 200 })
  trap?: string;
  @ApiProperty({ example: 'hello' }) @Text(OUTPUT) stdout: string;
  @ApiProperty({ example: '' }) @Text(OUTPUT) stderr: string;
  @ApiPropertyOptional({ enum: ['base64'], description: 'Present when the output is not UTF-8 and therefore base64' })
  @OptionalField()
  @IsIn(['base64'])
  encoding?: 'base64';
}

/** For the job's client. @throws JobNotFound, JobNotFinished, NoResult */
export class GetJobResult extends Query<JobResultView> {
  @Id() jobId: string;
}
