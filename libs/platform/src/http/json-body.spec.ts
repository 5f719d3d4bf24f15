import fc from 'fast-check';
import { BodyTooComplex, MalformedJson, parseJson } from './json-body.js';

const parse = (text: string, limits = { depth: 3, values: 10 }) => parseJson(Buffer.from(text), limits);

describe('JSON that somebody sent', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        // fast-check makes names that a body must not have.
        fc.pre(!text.includes('__proto__'));
        expect(parse(text, { depth: 100, values: 100_000 })).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['deep', '[[[[]]]]'],
    ['deep, in objects', '{"a":{"a":{"a":{}}}}'],
    ['deep and never closed', '['.repeat(500_000)],
    ['rich in items', `[${'0,'.repeat(10)}0]`],
    ['rich in members', `{${Array.from({ length: 11 }, (_, at) => `"k${at}":0`).join(',')}}`],
    ['rich behind a string that looks like its end', `["\\\\",${'0,'.repeat(10)}0]`],
  ])('that is too %s is refused', (_, text) => expect(() => parse(text)).toThrow(BodyTooComplex));

  it.each(['[[[]]]', '"[[[[[[,,,,,,,,,,,,"', '["\\"[[[[[", "\\\\"]', '"\\\\\\"[[[["'])('%s is little', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it.each([
    '{',
    '[1,]',
    '',
    'NaN',
    '"a\ud83d"',
    '"\\ud83d"',
    '{"\\ud83d":1}',
    '{"__proto__":1}',
    '{"a":{"\\u005f_proto__":1}}',
    '"open',
  ])('%s is malformed, and not quoted', (text) => {
    const buffer = text.includes('\ud83d') ? Buffer.from([0x22, 0xff, 0x22]) : Buffer.from(text);
    const error = (() => {
      try {
        return parseJson(buffer);
      } catch (thrown) {
        return thrown as Error;
      }
    })();
    expect(error).toBeInstanceOf(MalformedJson);
    expect((error as Error).message).toBe('The body is not well-formed JSON.');
  });

  it('with an escaped pair of surrogates is one character', () => expect(parse('"\\ud83d\\ude42"')).toBe('🙂'));
});
