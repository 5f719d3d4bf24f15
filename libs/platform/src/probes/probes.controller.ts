import { Unauthenticated } from '@aitbc/modulith';
import { Controller, Get, Header, Headers, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { register } from 'prom-client';
import { AppConfig } from '../config/config.js';
import { Exposition } from './exposition.js';
import { bringsToken } from './metrics-access.js';
import { Readiness } from './readiness.js';

/** The endpoints for orchestrators and Prometheus, in every process. */
@ApiExcludeController()
@Controller()
export class ProbesController {
  private readonly exposition = new Exposition();

  constructor(
    private readonly readiness: Readiness,
    private readonly config: AppConfig,
  ) {}

  @Get('health/live')
  live() {
    return { status: 'live' };
  }

  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const report = await this.readiness.report();
    void reply.status(report.status === 'not_ready' ? 503 : 200);
    return report;
  }

  @Get('metrics')
  @Header('content-type', register.contentType)
  metrics(@Headers('authorization') authorization?: string): Promise<string> {
    const token = this.config.metricsToken;
    if (token && !bringsToken(authorization, token))
      throw new Unauthenticated('This needs the token of METRICS_TOKEN.');
    return this.exposition.get();
  }
}
