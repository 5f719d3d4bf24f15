import { type Outcome, outcomeIn } from './outcome.js';

/** Compared with the monolith: where this run's systems are, or everything split. */
const placement = process.env['TEST_PLACEMENT'] ?? 'split';

describe(`one scenario, in the monolith and in "${placement}"`, () => {
  let monolith: Outcome;
  let other: Outcome;

  beforeAll(async () => {
    [monolith, other] = await Promise.all([outcomeIn({ placement: 'monolith' }), outcomeIn({ placement })]);
  }, 300_000);

  it('answers the same, result or refusal', () => {
    expect(Object.keys(monolith.answers).length).toBeGreaterThan(80);
    expect(other.answers).toEqual(monolith.answers);
  });

  it('publishes the same events, in the same order of every key', () => {
    expect(Object.keys(monolith.events).length).toBeGreaterThan(10);
    expect(other.events).toEqual(monolith.events);
  });

  it('leaves the same rows in every table', () => {
    expect(Object.keys(monolith.tables).length).toBeGreaterThan(20);
    expect(other.tables).toEqual(monolith.tables);
  });

  it('clients, databases and chain agree in both', () => {
    expect([monolith.audit, other.audit]).toEqual([[], []]);
  });
});
