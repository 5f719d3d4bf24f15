import { Command } from '@aitbc/modulith';
import { Id, Text } from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';
import type { JobView } from './jobs.js';

/**
 * An operator ends a job that has not ended; its client reads the reason.
 * @throws JobNotFound, PartyCannotChangeJob, JobAlreadyFinished
 */
export class CancelJobAsOperator extends Command<JobView> {
  @Id() jobId: string;

  @ApiProperty({ example: 'It mines coins, against the terms of use.', maxLength: 500 })
  @Text({ max: 500, controls: 'lines' })
  reason: string;
}

/**
 * An operator takes a job from the agent that holds it and puts it back into the queue, where it waits for nothing.
 * What the agent still brings is refused. The job gets another attempt even when it has had all of its own.
 * @throws JobNotFound, PartyCannotChangeJob, JobNotHeld
 */
export class RequeueJob extends Command<JobView> {
  @Id() jobId: string;

  @ApiProperty({ example: 'Its agent hangs, ticket 4711.', maxLength: 500 })
  @Text({ max: 500, controls: 'lines' })
  reason: string;
}
