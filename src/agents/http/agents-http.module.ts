import { Module } from '@nestjs/common';
import { AgentsController } from './agents.controller.js';
import { AttemptsController } from './attempts.controller.js';
import { JobWaits } from './job-waits.js';
import { JobsController } from './jobs.controller.js';
import { NextJobController } from './next-job.controller.js';

@Module({
  controllers: [AgentsController, NextJobController, JobsController, AttemptsController],
  providers: [JobWaits],
})
export class AgentsHttpModule {}
