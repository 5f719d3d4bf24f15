import type { EvaluationContext } from '@openfeature/server-sdk';
import fc from 'fast-check';
import { switchFlag } from '../testing/switch-flag.js';
import { evaluateFlag } from './evaluate-flag.js';
import type { Flag, FlagCondition, FlagRule } from './flag.js';

const NOW = new Date('2026-05-01T12:00:00.000Z');
const SECOND = 1000;

const see = (flag: Flag, context: EvaluationContext = {}, others: Flag[] = [], now = NOW) =>
  evaluateFlag(flag, new Map([flag, ...others].map((each) => [each.key, each])), context, now);
const serves = (...args: Parameters<typeof see>) => see(...args).variant;

const when = (attribute: string, operator: FlagCondition['operator'], ...values: (string | number | boolean)[]) => ({
  attribute,
  operator,
  values,
});
const share = (percentage: number, changes: Partial<FlagRule> = {}): FlagRule => ({
  conditions: [],
  variant: 'on',
  percentage,
  ...changes,
});
const before = (ms: number) => new Date(NOW.getTime() - ms);

const aKey = fc.stringMatching(/^[a-z0-9-]{1,36}$/);
const aPercentage = fc.integer({ min: 0, max: 10_000 }).map((points) => points / 100);

describe('a flag', () => {
  it('without rules serves its default, whoever asks', () => {
    expect(see(switchFlag('f', { defaultVariant: 'on' }))).toEqual({
      variant: 'on',
      value: true,
      reason: 'STATIC',
      cause: 'default',
    });
  });

  it('that is switched off serves its off variant before anything else', () => {
    const flag = switchFlag('f', { enabled: false, defaultVariant: 'on', allow: ['ada'], allowVariant: 'on' });
    expect(see(flag, { targetingKey: 'ada' })).toMatchObject({
      value: false,
      reason: 'DISABLED',
      cause: 'kill_switch',
    });
  });

  it.each([
    ['before its start', { startsAt: new Date(NOW.getTime() + 1) }, 'not_started'],
    ['at its start', { startsAt: NOW }, 'default'],
    ['just before its end', { endsAt: new Date(NOW.getTime() + 1) }, 'default'],
    ['at its end', { endsAt: NOW }, 'ended'],
    ['long after its end', { startsAt: before(9 * SECOND), endsAt: before(SECOND) }, 'ended'],
  ])('%s is as it should be', (_, times, cause) => {
    expect(see(switchFlag('f', { defaultVariant: 'on', ...times }))).toMatchObject({
      cause,
      value: cause === 'default',
    });
  });

  it('serves those on its lists what the lists say, and a denial counts more', () => {
    const flag = switchFlag('f', { allow: ['ada', 'eve'], allowVariant: 'on', deny: ['eve'], rules: [share(100)] });
    expect(see(flag, { targetingKey: 'ada' })).toMatchObject({ variant: 'on', cause: 'allowed' });
    expect(see(flag, { targetingKey: 'eve' })).toMatchObject({ variant: 'off', cause: 'denied' });
    expect(see(flag, { targetingKey: 'bob' })).toMatchObject({ variant: 'on', cause: 'rule', reason: 'SPLIT' });
  });

  it('serves what the first rule says whose conditions all hold, and which rule that was', () => {
    const variants = { red: 'r', green: 'g', blue: 'b' };
    const flag = switchFlag('f', {
      kind: 'string',
      variants,
      offVariant: 'red',
      defaultVariant: 'red',
      rules: [
        { conditions: [when('roles', 'equals', 'operator'), when('module', 'equals', 'wallet')], variant: 'green' },
        { conditions: [when('roles', 'in', 'admin', 'operator')], variant: 'blue' },
      ],
    });
    const operator = { roles: ['user', 'operator'] };
    expect(see(flag, { ...operator, module: 'wallet' })).toMatchObject({ value: 'g', rule: 0 });
    expect(see(flag, { ...operator, module: 'agents' })).toMatchObject({
      value: 'b',
      rule: 1,
      reason: 'TARGETING_MATCH',
    });
    expect(see(flag, { roles: ['user'] })).toMatchObject({ value: 'r', reason: 'DEFAULT', cause: 'default' });
  });

  it.each<[FlagCondition, EvaluationContext, boolean]>([
    [when('targetingKey', 'in', 'ada', 'eve'), { targetingKey: 'eve' }, true],
    [when('targetingKey', 'not_in', 'ada'), { targetingKey: 'eve' }, true],
    [when('roles', 'not_in', 'admin'), { roles: ['user', 'admin'] }, false],
    [when('roles', 'not_in', 'admin'), { roles: [] }, true],
    [when('country', 'not_in', 'XX'), {}, false],
    [when('country', 'not_in', 'XX'), { country: null }, false],
    [when('email', 'starts_with', 'ada', 'eve'), { email: 'eve@example.org' }, true],
    [when('email', 'starts_with', 'ada'), { email: 7 }, false],
    [when('age', 'equals', 18), { age: '18' }, false],
    [when('age', 'at_least', 18), { age: 18 }, true],
    [when('age', 'greater_than', 18), { age: 18 }, false],
    [when('age', 'at_most', 18), { age: 18 }, true],
    [when('age', 'less_than', 18), { age: 17.5 }, true],
    [when('age', 'less_than', 18), { age: '17' }, false],
    [when('constructor', 'not_in', 'x'), {}, false],
  ])('finds %j of %j %s', (condition, context, holds) => {
    const flag = switchFlag('f', { rules: [{ conditions: [condition], variant: 'on' }] });
    expect(serves(flag, context)).toBe(holds ? 'on' : 'off');
  });
});

describe('a share', () => {
  it('of nobody in particular is nobody: the off variant, never everybody, and no later rule', () => {
    fc.assert(
      fc.property(aPercentage, fc.constantFrom(undefined, ''), (percentage, targetingKey) => {
        const flag = switchFlag('f', {
          defaultVariant: 'on',
          rules: [share(percentage), { conditions: [], variant: 'on' }],
        });
        expect(see(flag, targetingKey === undefined ? {} : { targetingKey })).toMatchObject({
          variant: 'off',
          cause: 'no_targeting_key',
          rule: 0,
        });
      }),
    );
  });

  it('that is raised keeps everybody whom it had', () => {
    fc.assert(
      fc.property(aKey, aKey, aKey, aPercentage, aPercentage, (key, salt, targetingKey, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const at = (percentage: number) =>
          serves(switchFlag(key, { salt, rules: [share(percentage)] }), { targetingKey });
        if (at(less) === 'on') expect(at(more)).toBe('on');
        expect(at(0)).toBe('off');
        expect(at(100)).toBe('on');
      }),
      { numRuns: 500 },
    );
  });

  it('is the same whenever it is asked, and whatever else is known of the user', () => {
    fc.assert(
      fc.property(aKey, aKey, aPercentage, fc.date({ noInvalidDate: true }), (key, targetingKey, percentage, now) => {
        const flag = switchFlag(key, { rules: [share(percentage)] });
        expect(serves(flag, { targetingKey, roles: ['admin'] }, [], now)).toBe(serves(flag, { targetingKey }));
      }),
    );
  });

  it('is about as large as it says, and drawn apart from that of other flags and salts', () => {
    const users = Array.from({ length: 4_000 }, (_, at) => `user-${at}`);
    const takenBy = (key: string, salt = '') =>
      new Set(
        users.filter(
          (targetingKey) => serves(switchFlag(key, { salt, rules: [share(25)] }), { targetingKey }) === 'on',
        ),
      );
    const first = takenBy('first');
    for (const other of [takenBy('second'), takenBy('first', 'again')]) {
      const both = [...first].filter((user) => other.has(user)).length;
      // A quarter of the quarter would be 250.
      expect(both).toBeGreaterThan(180);
      expect(both).toBeLessThan(320);
    }
    expect(first.size / users.length).toBeGreaterThan(0.22);
    expect(first.size / users.length).toBeLessThan(0.28);
  });

  it('of one rule and the next split everybody without a gap', () => {
    const flag = switchFlag('f', {
      kind: 'string',
      variants: { a: 'a', b: 'b', c: 'c' },
      offVariant: 'c',
      defaultVariant: 'c',
      rules: [share(30, { variant: 'a' }), share(100, { variant: 'b' })],
    });
    fc.assert(fc.property(aKey, (targetingKey) => ['a', 'b'].includes(serves(flag, { targetingKey }))));
  });

  it('draws the lots that other programs draw: the first four bytes of sha256 of key, salt and targeting key', () => {
    const taken = (percentage: number) =>
      serves(switchFlag('new-checkout', { salt: 's1', rules: [share(percentage)] }), { targetingKey: 'ada' });
    // printf 'new-checkout\ns1\nada' | sha256sum: bc45cab1…; 0xbc45cab1 % 10000 = 481
    expect([taken(4.81), taken(4.82)]).toEqual(['off', 'on']);
  });
});

describe('a prerequisite', () => {
  const needs = (flag: string, variant = 'on') => ({ prerequisites: [{ flag, variant }], defaultVariant: 'on' });

  it('that serves another variant, or is gone, keeps the flag off', () => {
    const flag = switchFlag('f', needs('base'));
    expect(serves(flag, {}, [switchFlag('base', { defaultVariant: 'on' })])).toBe('on');
    expect(see(flag, {}, [switchFlag('base')])).toMatchObject({ variant: 'off', cause: 'prerequisite' });
    expect(see(flag)).toMatchObject({ variant: 'off', cause: 'prerequisite' });
  });

  it('is asked for the same user', () => {
    const base = switchFlag('base', { allow: ['ada'], allowVariant: 'on' });
    expect(serves(switchFlag('f', needs('base')), { targetingKey: 'ada' }, [base])).toBe('on');
    expect(serves(switchFlag('f', needs('base')), { targetingKey: 'bob' }, [base])).toBe('off');
  });

  it('that leads back to the flag is not met, and every flag is answered', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 4 }), { minLength: 8, maxLength: 8 }),
        (graph) => {
          const flags = graph.map((to, at) =>
            switchFlag(`f${at}`, {
              defaultVariant: 'on',
              prerequisites: to.map((other) => ({ flag: `f${other}`, variant: 'on' })),
            }),
          );
          for (const flag of flags) expect(['on', 'off']).toContain(serves(flag, {}, flags));
        },
      ),
    );
    const [one, two] = [switchFlag('one', needs('two')), switchFlag('two', needs('one'))];
    expect([serves(one, {}, [two]), serves(two, {}, [one])]).toEqual(['off', 'off']);
  });

  it('of a deep pile of diamonds is answered once each', () => {
    const pile = Array.from({ length: 120 }, (_, level) => level).map((level) =>
      switchFlag(`f${level}`, {
        defaultVariant: 'on',
        prerequisites: level < 2 ? [] : [1, 2].map((down) => ({ flag: `f${level - down}`, variant: 'on' })),
      }),
    );
    expect(serves(pile.at(-1)!, {}, pile)).toBe('on');
  });
});
