import { AttemptView, JobFailureView, JobView } from '../contract/jobs.js';
import type { Job, JobFailure } from './job.entity.js';

export function toJobView(job: Job): JobView {
  const { id, bookingId, clientId, kind, status, failure, createdAt, expiresAt, finishedAt } = job;
  const attempts = job.attempts.map((attempt) =>
    AttemptView.of({
      number: attempt.number,
      agentId: attempt.agentId,
      status: attempt.status,
      assignedAt: new Date(attempt.assignedAt),
      endedAt: attempt.endedAt === null ? null : new Date(attempt.endedAt),
      failure: toFailureView(attempt.failure),
    }),
  );
  return JobView.of({
    id,
    bookingId,
    clientId,
    kind,
    status,
    attempts,
    failure: toFailureView(failure),
    createdAt,
    expiresAt,
    finishedAt,
  });
}

function toFailureView(failure: JobFailure | null): JobFailureView | null {
  return failure && JobFailureView.of(failure);
}
