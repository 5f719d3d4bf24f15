import { createHash } from 'node:crypto';
import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SubmitFailure } from '../contract/attempts.js';
import type { FailureCode } from '../contract/failure-codes.js';
import { JobChanges } from './job-changes.js';
import { mustHaveBeenGiven } from './outcome-access.js';

const MOST_CHARACTERS = 500;

@CommandHandler(SubmitFailure)
export class SubmitFailureHandler implements ICommandHandler<SubmitFailure> {
  constructor(
    private readonly changes: JobChanges,
    private readonly clock: Clock,
  ) {}

  async execute({ jobId, attempt, code, message }: SubmitFailure) {
    const principal = requirePrincipal();
    const job = mustHaveBeenGiven(await this.changes.find(jobId), principal, jobId);
    const digest = createHash('sha256').update(`${code}\n${message}`).digest('hex');
    if (job.hasOutcome(principal.subject, attempt, digest)) return;
    const failure = { code, message: told(code, message) };
    const happened = job.attemptFailed(principal.subject, attempt, failure, digest, this.clock.now());
    await this.changes.save(job, happened);
  }
}

/** A program's output is part of its result: a failure message would give it to the client without one. */
function told(code: FailureCode, message: string): string {
  return code === 'agents.wasm_trapped' ? 'The program trapped.' : message.slice(0, MOST_CHARACTERS);
}
