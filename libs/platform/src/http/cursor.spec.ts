import { ValidationFailed } from '@aitbc/modulith';
import fc from 'fast-check';
import { decodeCursor, encodeCursor, isCursor } from './cursor.js';

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => (Object.is(each, -0) ? 0 : each)),
  fc.boolean(),
  fc.bigInt(),
  fc.date({ noInvalidDate: true }),
  fc.constant(null),
);

describe('a cursor', () => {
  it('gives back the values it was made of', () => {
    fc.assert(
      fc.property(fc.array(value), (values) => {
        const cursor = encodeCursor(values);
        expect(decodeCursor(cursor)).toEqual(values);
        expect(cursor).toMatch(/^[\w-]*$/);
      }),
    );
  });

  it('that nobody made is refused by the name of its field, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (isCursor(text)) return;
        expect(() => decodeCursor(text)).toThrow(ValidationFailed);
      }),
    );
    expect(() => decodeCursor('no cursor')).toThrow('cursor must come from an earlier page');
  });

  it.each(['{"a":1}', '[{"n":"x"}]', '[{"d":1e99}]', '[{}]', '[[1]]', '"text"'])('is not made of %s', (json) => {
    expect(isCursor(Buffer.from(json).toString('base64url'))).toBe(false);
  });

  it('cannot be made of what it could not give back', () => {
    expect(() => encodeCursor([undefined])).toThrow(TypeError);
    expect(() => encodeCursor([Number.NaN])).toThrow(TypeError);
    expect(() => encodeCursor([{ a: 1 }])).toThrow(TypeError);
  });
});
