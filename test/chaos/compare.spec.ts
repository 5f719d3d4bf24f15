import { compare, type Findings } from './compare.js';
import type { Evidence, StoredBooking, StoredJob } from './evidence.js';
import { Journal, Operation, type Outcome } from './operation.js';

const nothing: Findings = { lost: [], twice: [], denied: [], unanswered: [] };
const unknown: Outcome = { how: 'unknown', code: 'outcome_unknown' };
const away: Outcome = { how: 'not executed', code: 'unavailable' };
const refused: Outcome = { how: 'refused', code: 'marketplace.offer_unavailable' };
const acknowledged = (answer: unknown = undefined): Outcome => ({ how: 'acknowledged', answer });

const booking: StoredBooking = {
  id: 'b1',
  offer_id: 'o1',
  duration_hours: 7,
  status: 'settled',
  locked_amount: '7',
  provider_gross: '7',
  release_transaction: '0x1',
  jobs_tried: 1,
  jobs_completed: 1,
};
const job: StoredJob = {
  id: 'j1',
  booking_id: 'b1',
  status: 'completed',
  attempts: JSON.stringify([{ status: 'lost' }, { status: 'completed' }]),
  task: JSON.stringify({ stdin: 'word' }),
  delivered: 'j1',
};
/** A booking that nothing followed from. */
const unused = {
  locked_amount: null,
  provider_gross: null,
  release_transaction: null,
  jobs_tried: 0,
  jobs_completed: 0,
};
const amount = 10n ** 18n;
const transfer = { wallet_id: 'w1', amount: String(amount), status: 'confirmed' };

/** Everything as it must be. */
const whole: Evidence = {
  bookings: [booking],
  jobs: [job],
  transfers: [transfer],
  moved: new Map([[amount, 1]]),
  locked: new Map([['b1', 1]]),
  settled: new Map([['b1', 1]]),
};

function journalOf(...operations: [Operation, ...Outcome[]][]): Journal {
  const journal = new Journal();
  for (const [operation, ...outcomes] of operations) {
    outcomes.forEach((outcome) => operation.tried(outcome));
    journal.operations.push(operation);
  }
  return journal;
}

const book = () => new Operation('book', '/v1/offers/o1/bookings', { durationHours: 7 });
const complete = () => new Operation('complete', '/v1/bookings/b1/complete', {});
const submit = () => new Operation('job', '/v1/jobs', { task: { stdin: 'word' } });
const bring = () => new Operation('result', '/v1/jobs/j1/attempts/2/result', {});
const send = () => new Operation('transfer', '/v1/wallets/w1/transfers', { amount: '1' });

/** Clients who were told that everything was done. */
const content = () =>
  journalOf(
    [book(), acknowledged({ id: 'b1' })],
    [complete(), acknowledged()],
    [submit(), acknowledged()],
    [bring(), acknowledged()],
    [send(), unknown, acknowledged()],
  );

describe('what clients were told beside what is there', () => {
  it('when all that was promised is there once, finds nothing', () => {
    expect(compare(content(), whole)).toEqual(nothing);
  });

  it.each<[string, Partial<Evidence>, keyof Findings]>([
    ['a booking is gone', { bookings: [], jobs: [], locked: new Map(), settled: new Map() }, 'lost'],
    ['a booking was made twice', { bookings: [booking, { ...booking, id: 'b2', ...unused }] }, 'twice'],
    ['a booking never ended', { bookings: [{ ...booking, status: 'settling' }] }, 'lost'],
    ['its price was locked twice', { locked: new Map([['b1', 2]]) }, 'twice'],
    ['its price was never locked', { locked: new Map() }, 'lost'],
    ['it was settled twice', { settled: new Map([['b1', 2]]) }, 'twice'],
    ['it was never settled', { settled: new Map() }, 'lost'],
    ['the news of the settlement got lost', { bookings: [{ ...booking, release_transaction: null }] }, 'lost'],
    ['a job counted twice', { bookings: [{ ...booking, jobs_tried: 2, jobs_completed: 2 }] }, 'twice'],
    ['a job did not count', { bookings: [{ ...booking, jobs_tried: 0, jobs_completed: 0 }] }, 'lost'],
    ['a job is gone', { jobs: [], bookings: [{ ...booking, jobs_tried: 0, jobs_completed: 0 }] }, 'lost'],
    ['a job was submitted twice', { jobs: [job, { ...job, id: 'j2', status: 'cancelled' }] }, 'twice'],
    ['a result is gone', { jobs: [{ ...job, delivered: null }] }, 'lost'],
    [
      'a job has two results',
      { jobs: [{ ...job, attempts: '[{"status":"completed"},{"status":"completed"}]' }] },
      'twice',
    ],
    ['a transfer is gone', { transfers: [], moved: new Map() }, 'lost'],
    ['a transfer was signed and never sent', { moved: new Map() }, 'lost'],
    ['a transfer was signed twice', { transfers: [transfer, transfer] }, 'twice'],
    ['a transfer was sent twice', { moved: new Map([[amount, 2]]) }, 'twice'],
  ])('when %s, says so', (_what, change, kind) => {
    const findings = compare(content(), { ...whole, ...change });
    expect(findings[kind]).not.toEqual([]);
    expect({ ...findings, [kind]: [] }).toMatchObject(kind === 'lost' ? { twice: [] } : { lost: [] });
  });

  it('when a booking was cancelled after it was used, wants its provider paid', () => {
    const journal = journalOf([new Operation('cancel', '/v1/bookings/b1/cancel', {}), acknowledged()]);
    expect(compare(journal, whole)).toEqual(nothing);
    const unpaid = [
      { ...booking, provider_gross: '0' },
      { ...booking, provider_gross: '0', status: 'cancelled' },
    ];
    for (const each of unpaid) expect(compare(journal, { ...whole, bookings: [each] }).lost).not.toEqual([]);

    const unused = { jobs: [], bookings: [{ ...booking, status: 'cancelled', jobs_tried: 0, jobs_completed: 0 }] };
    expect(compare(journal, { ...whole, ...unused })).toEqual(nothing);
  });

  it('when something was done although its client was told that it was not, says so', () => {
    const abandoned = send();
    const journal = journalOf([book(), unknown, refused], [abandoned, away]);
    abandoned.abandon();
    expect(compare(journal, whole).denied).toHaveLength(2);
    const without = { ...whole, bookings: [], jobs: [], transfers: [], moved: new Map<bigint, number>() };
    expect(compare(journal, without)).toEqual(nothing);
  });

  it('when something was done and its client was told later that it was not, says so', () => {
    const tooPoor: Outcome = { how: 'refused', code: 'wallet.insufficient_funds' };
    expect(compare(journalOf([send(), acknowledged({ id: 't1' }), tooPoor]), whole).denied).toHaveLength(1);
  });

  it('when one wish was acknowledged as two things, says so', () => {
    const journal = journalOf([send(), acknowledged({ id: 't1' }), acknowledged({ id: 't2' })]);
    expect(compare(journal, whole).twice).toHaveLength(1);
    expect(compare(journalOf([send(), acknowledged({ id: 't1' }), acknowledged({ id: 't1' })]), whole)).toEqual(
      nothing,
    );
  });

  it('when a client never learnt what became of a wish, says so', () => {
    expect(compare(journalOf([submit(), away, unknown]), whole).unanswered).toHaveLength(1);
  });
});
