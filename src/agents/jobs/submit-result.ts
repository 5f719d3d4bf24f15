import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Agent } from '../agents/agent.entity.js';
import { SubmitResult } from '../contract/attempts.js';
import { ReceiptRefused } from '../contract/errors.js';
import { countersignDigest } from '../receipts/receipt.js';
import { BookedTime } from './booked-time.entity.js';
import { JobChanges } from './job-changes.js';
import { JobDelivery } from './job-delivery.entity.js';
import { mustHaveBeenGiven } from './outcome-access.js';
import { receiptProblem } from './receipt-problem.js';
import { traceExecution } from './trace-execution.js';

@CommandHandler(SubmitResult)
export class SubmitResultHandler implements ICommandHandler<SubmitResult> {
  constructor(
    @InjectRepository(Agent, 'agents') private readonly agents: Repository<Agent>,
    @InjectRepository(BookedTime, 'agents') private readonly bookings: Repository<BookedTime>,
    @InjectRepository(JobDelivery, 'agents') private readonly deliveries: Repository<JobDelivery>,
    private readonly changes: JobChanges,
    private readonly clock: Clock,
  ) {}

  async execute({ jobId, attempt, result: broughtResult, ...signed }: SubmitResult) {
    const principal = requirePrincipal();
    const agentId = principal.subject;
    const job = mustHaveBeenGiven(await this.changes.find(jobId), principal, jobId);
    // Its digest covers receipt and signature, and the receipt the result.
    const digest = countersignDigest(signed);
    if (job.hasOutcome(agentId, attempt, digest)) return;
    const now = this.clock.now();
    // First: the receipt's validity matters only for the current holder of the attempt.
    const happened = job.complete(agentId, attempt, digest, now);
    const result = plain(broughtResult);
    const { publicKey } = await this.agents.findOneByOrFail({ id: agentId });
    const booking = await this.bookings.findOneByOrFail({ id: job.bookingId });
    const problem = receiptProblem(signed, { job, booking, agentId, publicKey: publicKey ?? '', result }, now);
    if (problem) throw new ReceiptRefused(problem);
    const { agentSignature, agentPublicKey, receipt } = signed;
    await this.deliveries.insert({ jobId, result, receipt: plain(receipt), agentSignature, agentPublicKey });
    job.stores(Buffer.byteLength(JSON.stringify(result)));
    await this.changes.save(job, happened);
    traceExecution(receipt, job.traceparent);
  }
}

/** Converts a view to a plain object, without its class and absent fields. */
const plain = <T extends object>(view: T) => JSON.parse(JSON.stringify(view)) as T;
