import { Command } from '@aitbc/modulith';
import { Id, Text } from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';
import type { JobView } from './jobs.js';

/**
 * An operator ends an unfinished job; its client sees the reason.
 * @throws JobNotFound, PartyCannotChangeJob, JobAlreadyFinished
 */
export class CancelJobAsOperator extends Command<JobView> {
  @Id() jobId: string;

  @ApiProperty({ example: 'It mines coins, against the terms of use.', maxLength: 500 })
  @Text({ max: 500, controls: 'lines' })
  reason: string;
}

/**
 * An operator takes a job from its holder and requeues it without a delay. Later submissions by the previous holder are
 * refused. The job gets another attempt even if it has used all of its own.
 * @throws JobNotFound, PartyCannotChangeJob, JobNotHeld
 */
export class RequeueJob extends Command<JobView> {
  @Id() jobId: string;

  @ApiProperty({ example: 'Its agent hangs, ticket 4711.', maxLength: 500 })
  @Text({ max: 500, controls: 'lines' })
  reason: string;
}
