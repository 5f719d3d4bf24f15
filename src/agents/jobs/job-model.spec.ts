import type { Event } from '@aitbc/modulith';
import fc from 'fast-check';
import { SILENCE_MS } from '../agents/agent.entity.js';
import { AttemptNotHeld, JobAlreadyFinished, JobNotHeld } from '../contract/errors.js';
import { JobAssigned, JobFinished, JobQueued } from '../contract/events.js';
import type { FailureCode } from '../contract/failure-codes.js';
import { MOST_ATTEMPTS, requeueDelay } from './attempts.js';
import { Job } from './job.entity.js';

const START = new Date('2026-01-01T00:00:00.000Z');
const TTL = 900_000;
const at = (milliseconds: number) => new Date(START.getTime() + milliseconds);
const agents = ['agent-a', 'agent-b'] as const;
const broken = { code: 'agents.executor_failed', message: 'the machine is out of disk' } as const;
const trapped = { code: 'agents.wasm_trapped', message: 'unreachable' } as const;

const aJob = (ttl = TTL) =>
  Job.submit(
    {
      id: 'job',
      bookingId: 'booking',
      offerId: 'offer',
      clientId: 'client',
      providerId: 'provider',
      kind: 'wasm',
      expiresAt: at(ttl),
      traceparent: null,
    },
    START,
  );

describe('a job', () => {
  it('when an agent takes it, is held by this agent alone, for 45 seconds', () => {
    const job = aJob();
    expect(job.assignTo('agent-a', START)).toEqual([
      JobAssigned.of({ bookingId: 'booking', jobId: 'job', agentId: 'agent-a' }),
    ]);
    expect(job.isHeldBy('agent-a', 1)).toBe(true);
    expect(job.isHeldBy('agent-b', 1)).toBe(false);
    expect(job.leaseExpiresAt).toEqual(at(SILENCE_MS));
    expect(job.canBeTaken(at(1))).toBe(false);
  });

  it('when its agent lives, stays with it beyond the first lease', () => {
    const job = aJob();
    job.assignTo('agent-a', START);
    job.renewLease(at(30_000));
    expect(job.timePassed(at(SILENCE_MS))).toEqual([]);
    expect([job.status, job.isHeldBy('agent-a', 1)]).toEqual(['running', true]);
  });

  it('when its agent is silent, goes back into the queue after a pause that grows, three attempts at most', () => {
    const job = aJob();
    let now = START.getTime();
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      expect(job.canBeTaken(new Date(now))).toBe(true);
      job.assignTo('agent-a', new Date(now));
      now += SILENCE_MS;
      const happened = job.timePassed(new Date(now));
      if (attempt === MOST_ATTEMPTS) {
        expect(happened).toEqual([
          JobFinished.of({ bookingId: 'booking', jobId: 'job', outcome: 'failed', verdict: 'provider_failed' }),
        ]);
        continue;
      }
      expect(job.canBeTaken(new Date(now + requeueDelay(attempt) - 1))).toBe(false);
      now += requeueDelay(attempt);
    }
    expect(job.status).toBe('failed');
    expect(job.failure?.code).toBe('agents.agent_lost');
  });

  it('when the lease is lost, refuses the late result', () => {
    const job = aJob();
    job.assignTo('agent-a', START);
    job.timePassed(at(SILENCE_MS));
    expect(() => job.complete('agent-a', 1, 'digest', at(SILENCE_MS + 1))).toThrow(AttemptNotHeld);
    job.assignTo('agent-a', at(SILENCE_MS + 5_000));
    expect(() => job.complete('agent-a', 1, 'digest', at(SILENCE_MS + 5_001))).toThrow(AttemptNotHeld);
    expect(job.complete('agent-a', 2, 'digest', at(SILENCE_MS + 5_001))).toHaveLength(1);
  });

  it('when the job itself is broken, fails at once; when the machine is, is tried again', () => {
    const [first, second] = [aJob(), aJob()];
    for (const job of [first, second]) job.assignTo('agent-a', START);
    expect(first.attemptFailed('agent-a', 1, trapped, 'd', at(1))).toHaveLength(1);
    expect(second.attemptFailed('agent-a', 1, broken, 'd', at(1))).toEqual([]);
    expect([first.status, second.status]).toEqual(['failed', 'queued']);
  });

  it('when cancelled, takes no result, and can be cancelled again but not once it has completed', () => {
    const job = aJob();
    job.assignTo('agent-a', START);
    expect(job.cancel(at(1))).toHaveLength(1);
    expect(job.cancel(at(2))).toEqual([]);
    expect(() => job.complete('agent-a', 1, 'digest', at(3))).toThrow(AttemptNotHeld);
    const done = aJob();
    done.assignTo('agent-a', START);
    done.complete('agent-a', 1, 'digest', at(1));
    expect(() => done.cancel(at(2))).toThrow(JobAlreadyFinished);
  });

  it('when an operator requeues it, is refused to its agent and free for the next at once, even after three attempts', () => {
    const job = aJob();
    expect(() => job.requeue('it hangs', START)).toThrow(JobNotHeld);
    for (let attempt = 1; attempt <= MOST_ATTEMPTS + 1; attempt++) {
      job.assignTo('agent-a', at(attempt));
      expect(job.requeue('it hangs', at(attempt))).toEqual([JobQueued.of({ offerId: 'offer', jobId: 'job' })]);
      expect(() => job.complete('agent-a', attempt, 'digest', at(attempt))).toThrow(AttemptNotHeld);
      expect(job.canBeTaken(at(attempt))).toBe(true);
      expect(job.attempts.at(-1)).toMatchObject({ status: 'lost', failure: { code: 'agents.requeued' } });
    }
  });

  it('when its time to live is over, expires, held or not', () => {
    const [waiting, held] = [aJob(), aJob()];
    held.assignTo('agent-a', at(TTL - 1_000));
    expect(held.dueAt).toEqual(at(TTL));
    for (const job of [waiting, held]) {
      expect(job.timePassed(at(TTL))).toHaveLength(1);
      expect([job.status, job.holderId, job.dueAt]).toEqual(['expired', null, null]);
    }
  });
});

describe('what a job says about its provider', () => {
  const verdictOf = (events: Event[]) => events.find((event) => event instanceof JobFinished)?.verdict;
  const failedWith = (code: FailureCode) => {
    const job = aJob();
    for (let attempt = 1; !job.hasEnded; attempt++) {
      job.assignTo('agent-a', at(attempt));
      const happened = job.attemptFailed('agent-a', attempt, { code, message: '' }, 'd', at(attempt));
      if (job.hasEnded) return verdictOf(happened);
    }
    return undefined;
  };

  it.each([
    ['agents.wasm_trapped', 'delivered'],
    ['agents.wasm_time_exceeded', 'delivered'],
    ['agents.wasm_memory_exceeded', 'delivered'],
    ['agents.wasm_output_exceeded', 'delivered'],
    ['agents.executor_failed', 'provider_failed'],
    ['agents.unsupported_kind', 'provider_failed'],
    ['agents.wasm_forbidden_feature', 'provider_failed'],
  ] as const)('that failed with %s: %s', (failure, verdict) => {
    expect(failedWith(failure)).toBe(verdict);
  });

  it('that was executed after its agent was lost once: it was delivered', () => {
    const job = aJob();
    job.assignTo('agent-a', START);
    job.timePassed(at(SILENCE_MS));
    job.assignTo('agent-b', at(SILENCE_MS + 5_000));
    expect(verdictOf(job.complete('agent-b', 2, 'digest', at(SILENCE_MS + 6_000)))).toBe('delivered');
  });

  it.each([1_000, 60_000, TTL])('that waited %i ms for an agent that had no room: nothing', (ttl) => {
    const job = aJob(ttl);
    expect(verdictOf(job.timePassed(at(ttl)))).toBe('none');
    expect(job.failure).toEqual({ code: 'agents.job_expired', message: 'No agent had room for the job in time.' });
  });

  it.each([
    [1_000, 'none'],
    [59_999, 'none'],
    [60_000, 'provider_failed'],
  ])('that waited %i ms while no agent was there: %s', (ttl, verdict) => {
    const job = aJob(ttl);
    expect(job.wasNeverTaken(at(ttl))).toBe(true);
    expect(verdictOf(job.expireAlone(at(ttl)))).toBe(verdict);
    expect(job.failure).toMatchObject({ code: 'agents.no_agent_online', message: expect.stringMatching(/^No agent/) });
  });

  it('that was taken back by its client, or ran out of time in the hands of an agent: nothing', () => {
    const [cancelled, late, ended] = [aJob(), aJob(), aJob()];
    for (const job of [cancelled, late, ended]) job.assignTo('agent-a', at(TTL - 1_000));
    expect(verdictOf(cancelled.cancel(at(TTL - 500)))).toBe('none');
    expect(verdictOf(late.timePassed(at(TTL)))).toBe('none');
    expect(verdictOf(ended.bookingEnded('time_up', at(TTL - 500)))).toBe('none');
  });

  it('that came to nothing after its agent was lost: it failed through the provider, however it ended', () => {
    const ends: ((job: Job) => Event[])[] = [
      (job) => job.cancel(at(SILENCE_MS + 1)),
      (job) => job.bookingEnded('time_up', at(SILENCE_MS + 1)),
      (job) => job.timePassed(at(TTL)),
    ];
    for (const end of ends) {
      const job = aJob();
      job.assignTo('agent-a', START);
      job.timePassed(at(SILENCE_MS));
      expect(verdictOf(end(job))).toBe('provider_failed');
    }
  });

  it('that an operator took from its agent: nothing', () => {
    const job = aJob();
    job.assignTo('agent-a', START);
    job.requeue('it hangs', at(1));
    expect(verdictOf(job.cancel(at(2)))).toBe('none');
  });
});

describe('whatever happens to a job', () => {
  const act = fc.oneof(
    { weight: 3, arbitrary: fc.record({ act: fc.constant('take' as const), agent: fc.constantFrom(...agents) }) },
    fc.record({
      act: fc.constant('renew' as const),
      agent: fc.constantFrom(...agents),
      attempt: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({
      act: fc.constant('complete' as const),
      agent: fc.constantFrom(...agents),
      attempt: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({
      act: fc.constant('fail' as const),
      agent: fc.constantFrom(...agents),
      attempt: fc.integer({ min: 1, max: 3 }),
      failure: fc.constantFrom(broken, trapped),
    }),
    fc.record({ act: fc.constantFrom('cancel' as const, 'requeue' as const, 'endBooking' as const, 'sweep' as const) }),
  );
  const step = fc.record({ what: act, wait: fc.constantFrom(0, 1_000, 10_000, 50_000, 300_000) });

  it('at most one agent holds it, it ends once and stays as it ended, and is tried three times at most, and once more for each time an operator requeues it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const job = aJob();
        const events: Event[] = [];
        let now = 0;
        let ended: string | undefined;
        let requeued = 0;
        for (const { what, wait } of steps) {
          now += wait;
          const before = { holder: job.holderId, attempt: job.attempts.length };
          const happened = perform(job, what, at(now));
          events.push(...(happened ?? []));
          if (what.act === 'requeue' && happened) requeued += 1;
          expect(job.agentId).toBe(job.attempts.at(-1)?.agentId ?? null);
          const finished = events.filter((event) => event instanceof JobFinished);
          expect(finished.length).toBe(job.hasEnded ? 1 : 0);
          if (ended) expect(job.status).toBe(ended);
          if (job.hasEnded) ended = job.status;
          const open = job.attempts.filter(({ status }) => status === 'assigned' || status === 'running');
          expect(open.length).toBe(job.holderId ? 1 : 0);
          expect(job.attempts.length).toBeLessThanOrEqual(MOST_ATTEMPTS + requeued);
          expect(job.hasEnded).toBe(job.dueAt === null);
          expect(job.status === 'assigned' || job.status === 'running').toBe(job.holderId !== null);
          if (what.act === 'complete' && happened) {
            expect([before.holder, before.attempt]).toEqual([what.agent, what.attempt]);
          }
        }
        expect(events.filter((event) => event instanceof JobAssigned)).toHaveLength(job.attempts.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('the sweep alone brings every job to an end', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const job = aJob();
        let now = 0;
        for (const { what, wait } of steps) perform(job, what, at((now += wait)));
        // At most one lease is open, and then the time to live: more sweeps mean that it never ends.
        for (let sweeps = 0; sweeps < 3 && job.dueAt; sweeps++) job.timePassed(job.dueAt);
        expect(job.hasEnded).toBe(true);
      }),
    );
  });

  type Act = typeof act extends fc.Arbitrary<infer What> ? What : never;

  /** The events, or undefined if the job refused. */
  function perform(job: Job, what: Act, now: Date): Event[] | undefined {
    try {
      switch (what.act) {
        case 'take':
          return job.canBeTaken(now) ? job.assignTo(what.agent, now) : undefined;
        case 'renew':
          if (job.isHeldBy(what.agent, what.attempt)) job.renewLease(now);
          return [];
        case 'complete':
          return job.complete(what.agent, what.attempt, 'digest', now);
        case 'fail':
          return job.attemptFailed(what.agent, what.attempt, what.failure, 'digest', now);
        case 'cancel':
          return job.cancel(now);
        case 'requeue':
          return job.requeue('it hangs', now);
        case 'endBooking':
          return job.bookingEnded('time_up', now);
        case 'sweep':
          return job.timePassed(now);
      }
    } catch (error) {
      if (error instanceof AttemptNotHeld || error instanceof JobAlreadyFinished || error instanceof JobNotHeld)
        return undefined;
      throw error;
    }
  }
});
