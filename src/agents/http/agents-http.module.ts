import { Module } from '@nestjs/common';
import { AdminJobsController } from './admin-jobs.controller.js';
import { AgentsController } from './agents.controller.js';
import { AttemptsController } from './attempts.controller.js';
import { JobWaits } from './job-waits.js';
import { JobsController } from './jobs.controller.js';
import { NextJobController } from './next-job.controller.js';

@Module({
  controllers: [AgentsController, NextJobController, JobsController, AttemptsController, AdminJobsController],
  providers: [JobWaits],
})
export class AgentsHttpModule {}
