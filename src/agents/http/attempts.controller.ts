import { ParseUuid, ParseWholeNumber } from '@aitbc/platform';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import { SubmitFailure, SubmitResult } from '../contract/index.js';

class SubmitResultBody extends OmitType(SubmitResult, ['jobId', 'attempt'] as const) {}
class SubmitFailureBody extends OmitType(SubmitFailure, ['jobId', 'attempt'] as const) {}

@ApiTags('agents')
@ApiBearerAuth()
@Controller('v1/jobs/:id/attempts/:n')
export class AttemptsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('result')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Bring a result',
    description: 'With a receipt signed by the agent that holds the attempt. Bringing the same again changes nothing.',
  })
  @ApiNoContentResponse()
  async submitResult(
    @Param('id', ParseUuid) jobId: string,
    @Param('n', ParseWholeNumber) attempt: number,
    @Body() body: SubmitResultBody,
  ): Promise<void> {
    await this.commands.execute(SubmitResult.of({ ...body, jobId, attempt }));
  }

  @Post('failure')
  @HttpCode(204)
  @ApiOperation({ summary: 'Report a failure', description: 'Saying the same again changes nothing.' })
  @ApiNoContentResponse()
  async submitFailure(
    @Param('id', ParseUuid) jobId: string,
    @Param('n', ParseWholeNumber) attempt: number,
    @Body() body: SubmitFailureBody,
  ): Promise<void> {
    await this.commands.execute(SubmitFailure.of({ ...body, jobId, attempt }));
  }
}
