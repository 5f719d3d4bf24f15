import { OutcomeUnknown, Overloaded, Unavailable } from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { Dispatcher } from '../../libs/modulith/src/bus/dispatcher.js';
import { nextAttempt } from '../../libs/modulith/src/context/message-context.js';
import { newMessageId } from '../../libs/modulith/src/context/message-id.js';
import {
  AddNote,
  contracts,
  CountNotes,
  Dawdle,
  Delegate,
  Errands,
  gate,
  NotToday,
  OfficeModule,
  RunErrand,
} from './errands.js';
import { outcomeOf } from './distributed/system.js';

const refuse = () => {
  throw new NotToday();
};
const stumble = () => {
  throw new Error('killed here');
};

describeEachDatabase('an answer that a command was given', (url) => {
  let app: Scenario;
  beforeAll(async () => {
    app = await Scenario.start({ modules: [OfficeModule], contracts, databaseUrl: url(), placement: 'monolith' });
  });
  beforeEach(() => Errands.reset());
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => app?.close());

  const notes = (id: string) => app.ask<number>(CountNotes.of({ id }));

  /** One delivery of a command, as another process than the sender's gets it: a copy of it may be elsewhere. */
  const deliver = (command: object, messageId: string, attempt: number, isFirstCopy = false): Promise<unknown> => {
    const type = app.runtime.registry.messageOf(command);
    const metadata = { id: messageId, correlationId: messageId, deadline: Date.now() + 20_000, attempt };
    const repeats = { isRepeatable: true, mayBeRepeat: !isFirstCopy, twinsFrom: Number.POSITIVE_INFINITY };
    return app.get(Dispatcher).receive(type, command, metadata, repeats);
  };

  it('stays the same when it is asked again, though its handler touched no repository and would refuse now', async () => {
    const send = (attempt: number) => app.execute(Delegate.of({ id: 'same' }), { idSeed: 'same', attempt });
    expect(await send(1)).toBe(1);
    Errands.beforeSending = refuse;
    expect(await send(2)).toBe(1);
    expect(await notes('same')).toBe(1);
  });

  it('is judged again by a later try after a refusal', async () => {
    const send = (attempt: number) => app.execute(RunErrand.of({ id: 'later' }), { idSeed: 'later', attempt });
    Errands.beforeWriting = refuse;
    await expect(send(1)).rejects.toThrow(NotToday);
    await expect(send(2)).rejects.toThrow(NotToday);
    Errands.beforeWriting = () => undefined;
    await send(3);
    expect(await notes('later')).toBe(1);
  });

  it.each([
    ['the same try', 0],
    ['an earlier try', -1],
  ])('when it is a refusal, cannot be contradicted by another copy of %s that began before', async (_what, earlier) => {
    const [id, attempt] = [newMessageId(), nextAttempt()];
    const name = `copy${earlier}`;
    const paused = gate();
    const began = gate();
    Errands.beforeWriting = () => {
      began.open();
      return paused.passed;
    };
    const first = outcomeOf(deliver(RunErrand.of({ id: name }), id, attempt + earlier, true));
    await began.passed;
    Errands.beforeWriting = refuse;
    await expect(deliver(RunErrand.of({ id: name }), id, attempt)).rejects.toThrow(NotToday);
    paused.open();
    expect(await first).toBe('office.not_today');
    expect(await notes(name)).toBe(0);
  });

  it('when it is a refusal, is what a copy gets that begins afterwards', async () => {
    const [id, attempt] = [newMessageId(), nextAttempt()];
    Errands.beforeWriting = refuse;
    await expect(deliver(RunErrand.of({ id: 'stale' }), id, attempt)).rejects.toThrow(NotToday);
    Errands.beforeWriting = () => undefined;
    for (const copy of [attempt, attempt - 1]) {
      await expect(deliver(RunErrand.of({ id: 'stale' }), id, copy)).rejects.toThrow(NotToday);
      await expect(deliver(RunErrand.of({ id: 'stale' }), id, copy, true)).rejects.toThrow(NotToday);
    }
    expect(await notes('stale')).toBe(0);
    await deliver(RunErrand.of({ id: 'stale' }), id, attempt + 1);
    expect(await notes('stale')).toBe(1);
  });

  it('is no refusal when what it had sent before was done', async () => {
    const send = (attempt: number) => app.execute(Delegate.of({ id: 'begun' }), { idSeed: 'begun', attempt });
    Errands.afterSending = stumble;
    expect(await outcomeOf(send(1))).toBe('internal_error');
    expect(await notes('begun')).toBe(1);
    Errands.beforeSending = refuse;
    await expect(send(2)).rejects.toThrow(OutcomeUnknown);
    Errands.reset();
    expect(await send(3)).toBe(1);
    expect(await notes('begun')).toBe(1);
  });

  it('is a refusal when what it had sent before can no longer be done', async () => {
    const [id, attempt] = [newMessageId(), nextAttempt()];
    const paused = gate();
    const began = gate();
    Errands.whileNoting = () => {
      began.open();
      return paused.passed;
    };
    const first = outcomeOf(deliver(Delegate.of({ id: 'sent' }), id, attempt, true));
    await began.passed;
    Errands.beforeSending = refuse;
    await expect(deliver(Delegate.of({ id: 'sent' }), id, attempt)).rejects.toThrow(NotToday);
    paused.open();
    expect(await first).toBe('office.not_today');
    expect(await notes('sent')).toBe(0);
    Errands.reset();
    expect(await deliver(Delegate.of({ id: 'sent' }), id, attempt + 1)).toBe(1);
  });

  it('is a refusal when what it sends is refused, and stays judged by later tries', async () => {
    const send = (attempt: number) => app.execute(Delegate.of({ id: 'inner' }), { idSeed: 'inner', attempt });
    Errands.whileNoting = refuse;
    await expect(send(1)).rejects.toThrow(NotToday);
    await expect(send(2)).rejects.toThrow(NotToday);
    Errands.reset();
    expect(await send(3)).toBe(1);
  });

  it('does not say "not executed" of a repeat that is turned away unseen or meets an outage', async () => {
    const host = app.hosted('office');
    const busy = gate();
    Errands.beforeWriting = () => busy.passed;
    const all = Array.from({ length: 512 }, () => app.ask(Dawdle.of({ id: 'busy' })));
    await expect(app.execute(AddNote.of({ id: 'turned away' }), { idSeed: 'away', attempt: 1 })).rejects.toThrow(
      Overloaded,
    );
    await expect(app.execute(AddNote.of({ id: 'turned away' }), { idSeed: 'away', attempt: 2 })).rejects.toThrow(
      OutcomeUnknown,
    );
    busy.open();
    await Promise.all(all);
    const outage = () => Promise.reject(new Error('Connection terminated unexpectedly'));
    vi.spyOn(host.database.inbox, 'find').mockImplementation(outage);
    vi.spyOn(host.database.inbox, 'reject').mockImplementation(outage);
    await expect(deliver(AddNote.of({ id: 'out' }), newMessageId(), nextAttempt())).rejects.toThrow(OutcomeUnknown);
    // A first copy is not looked up; where its refusal cannot be recorded, other copies may still commit.
    Errands.whileNoting = refuse;
    await expect(deliver(AddNote.of({ id: 'out' }), newMessageId(), nextAttempt(), true)).rejects.toThrow(
      OutcomeUnknown,
    );
    Errands.whileNoting = () => {
      throw new Unavailable('office');
    };
    await expect(app.execute(AddNote.of({ id: 'out' }), { idSeed: 'out', attempt: 1 })).rejects.toThrow(Unavailable);
  });
});
