import { OptionalField, ParseUuid, WholeNumber } from '@aitbc/platform';
import { Body, Controller, HttpCode, HttpStatus, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AssignmentView, GetAgent, GetAssignment, IsJobWaiting, TakeJob } from '../contract/index.js';
import { JobWaits } from './job-waits.js';

class NextJobBody {
  @ApiPropertyOptional({ example: 20, minimum: 0, maximum: 25, default: 20 })
  @OptionalField()
  @WholeNumber({ min: 0, max: 25 })
  waitSeconds?: number;
}

/** Polls at this interval even without a wake-up: a broadcast may be lost, and a requeued job sends none. */
const ASK_AGAIN_MS = 2_000;

@ApiTags('agents')
@ApiBearerAuth()
@Controller('v1/agents')
export class NextJobController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly waits: JobWaits,
  ) {}

  @Post(':id/jobs/next')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a job', description: 'Waits up to waitSeconds for one; 204 when none came.' })
  @ApiOkResponse({ type: AssignmentView })
  @ApiNoContentResponse()
  async takeNextJob(
    @Param('id', ParseUuid) agentId: string,
    @Body() { waitSeconds = 20 }: NextJobBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AssignmentView | undefined> {
    const until = Date.now() + waitSeconds * 1000;
    // A disconnected agent must not be given a job.
    const isGone = () => request.raw.socket.destroyed || this.waits.isClosing;
    const { offerIds } = await this.queries.execute(GetAgent.of({ agentId }));
    while (!isGone()) {
      const queued = this.waits.forAny(offerIds, Math.min(ASK_AGAIN_MS, until - Date.now()));
      const assignment = await this.take(agentId);
      if (assignment) return assignment;
      if (Date.now() >= until) break;
      await queued;
    }
    void reply.status(HttpStatus.NO_CONTENT);
    return undefined;
  }

  private async take(agentId: string): Promise<AssignmentView | undefined> {
    if (!(await this.queries.execute(IsJobWaiting.of({ agentId })))) return undefined;
    const taken = await this.commands.execute(TakeJob.of({ agentId }));
    return taken && this.queries.execute(GetAssignment.of({ ...taken, agentId }));
  }
}
