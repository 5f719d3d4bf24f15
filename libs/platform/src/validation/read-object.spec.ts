import { OmitType } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { Amount } from '../money/amount.js';
import { Email } from './email.js';
import type { FieldClass } from './field.js';
import { Id, IdList } from './id.js';
import { Moment } from './moment.js';
import { Nested, NestedList } from './nested.js';
import { InsteadOf, NullableField, OptionalField } from './optional-field.js';
import { readObject } from './read-object.js';
import { Text, TextList } from './text.js';
import { Switch, WholeNumber } from './whole-number.js';

class Part {
  @Text({ max: 5 }) name: string;
}

class Order {
  @Text({ max: 5 }) title: string;
  @OptionalField() @Text({ max: 20, controls: 'lines' }) note?: string;
  @NullableField() @Text({ max: 5 }) tag?: string | null;
  @OptionalField() @WholeNumber({ min: 1, max: 10, fromText: true }) count?: number = 3;
  @OptionalField() @Switch() urgent?: boolean;
  @OptionalField() @Moment() at?: Date;
  @OptionalField() @Email() email?: string;
  @OptionalField() @IsIn(['a', 'b']) kind?: string;
  @OptionalField() @IdList({ max: 2, unique: true }) ids?: string[];
  @OptionalField() @TextList({ max: 3 }, { max: 2 }) words?: string[];
  @OptionalField() @NestedList(() => Part, { max: 2 }) parts?: Part[];
  @Nested(() => Part) part: Part;
  @InsteadOf('other') @Id() one?: string;
  @OptionalField() @Amount() other?: bigint;
}

const ID = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071';
const sound = { title: 'title', part: { name: 'part' }, one: ID };

const read = (more: object, type: FieldClass = Order) => readObject(type, { ...sound, ...more });
const problemsOf = (more: object) => read(more).problems.map(({ field, message }) => `${field}: ${message}`);

describe('what a client sent', () => {
  it('is read into an instance, nested ones included', () => {
    const { object, problems } = read({
      at: '2026-01-31T14:00:00.5+02:00',
      email: ' Ada@BÜCHER.example ',
      one: ID.toUpperCase(),
      parts: [{ name: 'x' }],
      urgent: 'true',
      words: ['e\u0301'],
    });
    expect(problems).toEqual([]);
    expect(object).toBeInstanceOf(Order);
    expect(object).toMatchObject({
      at: new Date('2026-01-31T12:00:00.500Z'),
      count: 3,
      email: 'ada@xn--bcher-kva.example',
      one: ID,
      part: expect.any(Part) as Part,
      parts: [expect.any(Part) as Part],
      urgent: true,
      words: ['é'],
    });
  });

  it('is read in the same way by a type without some of the fields', () => {
    const Rest = OmitType(Order, ['part', 'title']);
    const { object, problems } = readObject(Rest, { one: ID, count: '7', parts: [{ name: 'x' }] });
    expect(problems).toEqual([]);
    expect(object).toMatchObject({ count: 7, one: ID, parts: [expect.any(Part) as Part] });
    expect(readObject(Rest, { one: ID, parts: [{ name: 7 }], title: 'x' }).problems.map((each) => each.field)).toEqual([
      'parts.0.name',
      'title',
    ]);
  });

  it.each([
    [{ title: undefined, part: undefined }, ['title: title is required', 'part: part is required']],
    [{ title: null }, ['title: title must be a string']],
    [{ note: null }, ['note: note must be a string']],
    [{ tag: null }, []],
    [{ count: null }, ['count: count must be a whole number from 1 to 10']],
    [{ count: 1.5 }, ['count: count must be a whole number from 1 to 10']],
    [{ count: '0x5' }, ['count: count must be a whole number from 1 to 10']],
    [{ count: '' }, ['count: count must be a whole number from 1 to 10']],
    [{ urgent: 'yes' }, ['urgent: urgent must be true or false']],
    [{ email: 'victim＠evil.org@example.org' }, ['email: email must be an e-mail address']],
    [{ email: `${'\ufdfa'.repeat(20)}@example.org` }, ['email: email must be an e-mail address']],
    [{ email: 'a\0b@example.org' }, ['email: email must be an e-mail address']],
    [{ kind: 'c' }, ['kind: kind must be one of the following values: a, b']],
    [{ ids: [ID, ID.toUpperCase()] }, ['ids: ids must not name anything twice']],
    [{ ids: [ID, 7] }, ['ids: ids item 1 must be a UUID']],
    [{ ids: 'x' }, ['ids: ids must be a list of at most 2 items']],
    [{ words: ['a', 'b', 'c'] }, ['words: words must be a list of at most 2 items']],
    [{ part: [] }, ['part: part must be an object']],
    [{ part: [{ name: 'x' }] }, ['part: part must be an object']],
    [{ part: null }, ['part: part must be an object']],
    [{ part: 'x' }, ['part: part must be an object']],
    [{ part: {} }, ['part.name: name is required']],
    [{ part: { name: 'x', constructor: 'y' } }, ['part.constructor: constructor is not a known field']],
    [{ parts: [{ name: 'x' }, null] }, ['parts: parts must be a list of at most 2 objects']],
    [{ parts: {} }, ['parts: parts must be a list of at most 2 objects']],
    [{ one: undefined }, ['one: one is required, unless other is given']],
    [{ one: ID, other: '1' }, ['one: one and other cannot be given together']],
    [{ one: undefined, other: '1' }, []],
    [
      { toString: 'x', constructor: {} },
      ['toString: toString is not a known field', 'constructor: constructor is not a known field'],
    ],
    [{ '{"password":"secret"}': '' }, ['body: a field has a name that is not known here']],
  ])('%j is answered %j', (more, problems) => expect(problemsOf(more)).toEqual(problems));

  it('with a prototype among its fields is refused', () => {
    const sent = JSON.parse('{"__proto__":{"title":"x"},"title":"t","part":{"name":"p"},"other":"1"}') as Record<
      string,
      unknown
    >;
    expect(readObject(Order, sent).problems).toEqual([
      { field: '__proto__', message: '__proto__ is not a known field' },
    ]);
  });

  it('names twenty fields at most, those that are missing first', () => {
    const many = Object.fromEntries(Array.from({ length: 9_000 }, (_, at) => [`unknown${at}`, 0]));
    const problems = problemsOf({ ...many, title: undefined });
    expect(problems).toHaveLength(20);
    expect(problems.slice(0, 2)).toEqual(['title: title is required', 'unknown0: unknown0 is not a known field']);
  });

  it('costs what the class knows, not what was sent', () => {
    const list = Array.from({ length: 9_000 }, () => ({ name: 7, more: [1] }));
    expect(problemsOf({ parts: list, part: list, words: list, title: list })).toHaveLength(4);
  });
});

describe('text', () => {
  it.each([
    ['NUL', 'a\0'],
    ['another control character', 'a\u0085'],
    ['a line break', 'a\n'],
    ['half of a character', 'a\ud83d'],
    ['more characters than it may', 'abcdef'],
    ['combining characters past its length', 'x' + '\u0332'.repeat(5)],
    ['nothing', ''],
  ])('with %s is refused', (_, title) => expect(problemsOf({ title })).toHaveLength(1));

  it.each([
    ['characters outside of the basic plane', '🙂🙂🙂🙂🙂'],
    ['what is short once it is composed', 'e\u0301e\u0301e\u0301e\u0301e\u0301'],
  ])('counts code points: %s', (_, title) => expect(problemsOf({ title })).toEqual([]));

  it('of a program that passes it on has a sign in the place of each control character', () => {
    class Failure {
      @Text({ max: 10, controls: 'replaced' }) message: string;
    }
    const { object, problems } = readObject(Failure, { message: 'a\0b\nc\u001b' });
    expect([object, problems]).toEqual([{ message: 'a\ufffdb\nc\ufffd' }, []]);
  });

  it('may have line breaks where it says so', () => expect(problemsOf({ note: 'a\r\n\tb' })).toEqual([]));
});

describe('a moment', () => {
  it.each(['2026-01-31T12:00:00Z', '2024-02-29t23:59:59.123456789z', '0001-01-01T00:00:00+14:00'])(
    '%s is one',
    (at) => {
      expect(problemsOf({ at })).toEqual([]);
    },
  );

  it.each([
    '2027-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '01/02/2027',
    'tomorrow 2027',
    '2027-01-01',
    '2027-01-01T00:00:00',
    '2027-01-01T24:00:00Z',
    '2027-01-01T00:00:60Z',
    '2027-01-01T00:00:00+24:00',
    '2027-01-01 00:00:00Z',
    1_800_000_000_000,
    { toString: 'x' },
    null,
  ])('%j is none', (at) => {
    expect(problemsOf({ at })).toEqual([
      'at: at must be a time as RFC 3339 writes it, with an offset, such as 2026-01-31T12:00:00Z',
    ]);
  });
});
