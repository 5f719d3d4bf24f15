import { parseAmount } from '@aitbc/platform';
import type { Evidence, StoredBooking, StoredJob } from './evidence.js';
import type { Journal, Operation } from './operation.js';

/** What does not agree, as sentences. */
export interface Findings {
  /** Acknowledged, or following from what was, and not there. */
  readonly lost: string[];
  /** There more often than once. */
  readonly twice: string[];
  /** There although its client was told for certain that it was not done. */
  readonly denied: string[];
  /** Whose client never learnt what became of it. */
  readonly unanswered: string[];
}

const hasNoEffect = ({ end }: Operation) => end === 'refused' || end === 'abandoned';
const describe = ({ kind, path, body }: Operation) => `${kind} ${path} ${JSON.stringify({ ...body, task: undefined })}`;

/** Compares what the clients of a journal were told with what databases and chain hold. */
export function compare(journal: Journal, evidence: Evidence): Findings {
  const findings: Findings = { lost: [], twice: [], denied: [], unanswered: [] };
  for (const operation of journal.operations) {
    if (operation.end === 'unknown') findings.unanswered.push(describe(operation));
    if (operation.acknowledgedIds.length > 1) {
      findings.twice.push(`${describe(operation)} was acknowledged as ${operation.acknowledgedIds.join(' and ')}`);
    }
    judge[operation.kind](operation, evidence, findings);
  }
  for (const booking of evidence.bookings) judgeBooking(booking, evidence, findings);
  return findings;
}

type Judge = (operation: Operation, evidence: Evidence, findings: Findings) => void;

const judge: Readonly<Record<Operation['kind'], Judge>> = {
  book: (operation, { bookings }, findings) => {
    const offerId = operation.idAfter('offers');
    const made = bookings.filter(
      (each) => each.offer_id === offerId && each.duration_hours === operation.body['durationHours'],
    );
    countEffects(operation, made.length, findings);
    if (operation.end !== 'acknowledged') return;
    const { id } = operation.answer<{ id: string }>();
    if (made.length > 0 && made.every((each) => each.id !== id)) findings.lost.push(`booking ${id} has another id`);
    const open = made.find(({ status }) => status !== 'settled' && status !== 'cancelled');
    if (open) findings.lost.push(`booking ${id} never came to its end: it is ${open.status}`);
  },

  cancel: (operation, { bookings, jobs }, findings) => {
    const id = operation.idAfter('bookings');
    // What an agent has begun is paid for, however soon the client cancels.
    const wasUsed = jobs.some((job) => job.booking_id === id && completedAttempts(job) > 0);
    mustHaveBecome(wasUsed ? 'settled' : 'cancelled', operation, bookings, findings);
    const booking = bookings.find((each) => each.id === id);
    if (wasUsed && BigInt(booking?.provider_gross ?? 0) === 0n) {
      findings.lost.push(`booking ${id} was used and cancelled, and its provider gets nothing`);
    }
  },
  complete: (operation, { bookings }, findings) => mustHaveBecome('settled', operation, bookings, findings),

  job: (operation, { jobs }, findings) => {
    const { stdin } = operation.body['task'] as { stdin: string };
    const made = jobs.filter(({ task }) => task.includes(stdin));
    countEffects(operation, made.length, findings);
    if (operation.end !== 'acknowledged') return;
    const open = made.find(({ status }) => ['queued', 'assigned', 'running'].includes(status));
    if (open) findings.lost.push(`job ${open.id} never came to its end: it is ${open.status}`);
  },

  result: (operation, { jobs }, findings) => {
    if (operation.end !== 'acknowledged') return;
    const job = jobs.find(({ id }) => id === operation.idAfter('jobs'));
    const results = job ? completedAttempts(job) : 0;
    if (!job?.delivered || job.status !== 'completed' || results === 0) findings.lost.push(describeResult(operation));
    if (results > 1) findings.twice.push(`job ${job!.id} has ${results} results`);
  },

  transfer: (operation, { transfers, moved }, findings) => {
    const amount = parseAmount(operation.body['amount'] as string)!;
    const stored = transfers.filter((each) => BigInt(each.amount) === amount);
    countEffects(operation, Math.max(stored.length, moved.get(amount) ?? 0), findings);
    if (operation.end === 'acknowledged' && stored.length > 0 && !moved.get(amount)) {
      findings.lost.push(`${describe(operation)} is ${stored[0]!.status} and not on the chain`);
    }
  },
};

function countEffects(operation: Operation, effects: number, { lost, twice, denied }: Findings): void {
  if (operation.end === 'acknowledged' && effects === 0) lost.push(`${describe(operation)} has no effect`);
  if (effects > 1) twice.push(`${describe(operation)} has ${effects} effects`);
  if (hasNoEffect(operation) && effects > 0) {
    const told = operation.outcomes.map((each) => (each.how === 'acknowledged' ? each.how : each.code)).join(', ');
    denied.push(`${describe(operation)} was done, and its client was told: ${told}`);
  }
}

function mustHaveBecome(
  status: string,
  operation: Operation,
  bookings: readonly StoredBooking[],
  { lost }: Findings,
): void {
  if (operation.end !== 'acknowledged') return;
  const id = operation.idAfter('bookings');
  const booking = bookings.find((each) => each.id === id);
  if (booking?.status !== status) lost.push(`booking ${id} was to be ${status} and is ${booking?.status ?? 'gone'}`);
}

/** Each event about a booking counts once: for the money that the chain holds, and for its jobs. */
function judgeBooking(booking: StoredBooking, { jobs, locked, settled }: Evidence, { lost, twice }: Findings): void {
  const compareCounts = (what: string, is: number, mustBe: number) => {
    if (is < mustBe) lost.push(`booking ${booking.id}: ${what} ${is} times instead of ${mustBe}`);
    if (is > mustBe) twice.push(`booking ${booking.id}: ${what} ${is} times instead of ${mustBe}`);
  };
  const own = jobs.filter((job) => job.booking_id === booking.id);
  const completed = own.filter(({ status }) => status === 'completed').length;
  const tried = own.filter(({ status }) => ['completed', 'failed', 'expired'].includes(status)).length;
  compareCounts('counted completed jobs', booking.jobs_completed, completed);
  compareCounts('counted jobs', booking.jobs_tried, tried);
  compareCounts('locked', locked.get(booking.id) ?? 0, booking.locked_amount === null ? 0 : 1);
  compareCounts('settled', settled.get(booking.id) ?? 0, booking.provider_gross === null ? 0 : 1);
  if (booking.provider_gross !== null && booking.release_transaction === null) {
    lost.push(`booking ${booking.id} does not know that it was settled`);
  }
}

function completedAttempts({ attempts }: StoredJob): number {
  return (JSON.parse(attempts) as { status: string }[]).filter(({ status }) => status === 'completed').length;
}

const describeResult = ({ path }: Operation) => `the result ${path} was acknowledged and is not there`;
