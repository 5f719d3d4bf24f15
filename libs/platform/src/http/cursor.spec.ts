import { ValidationFailed } from '@aitbc/modulith';
import fc from 'fast-check';
import { type Asked, Cursors, isCursor } from './cursor.js';

const ID = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071';
const orders = new Cursors('orders', 'amount', 'moment', 'integer', 'id');
const others = new Cursors('others', 'amount', 'moment', 'integer', 'id');

const position = fc.tuple(
  fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
  fc.date({ noInvalidDate: true }),
  fc.nat(2 ** 31 - 1),
  fc.uuid(),
);
const written = (values: readonly unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');

describe('a cursor', () => {
  it('gives back the values it was made of', () => {
    fc.assert(
      fc.property(position, (values) => {
        const cursor = orders.after({}, values);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(isCursor(cursor)).toBe(true);
        expect(orders.position({ cursor })).toEqual(values);
      }),
    );
  });

  it('is absent on the first page, and on the last', () => {
    expect(orders.position({})).toBeUndefined();
    expect(new Cursors('ids', 'id').next({}, [ID], 1, (id) => [id])).toBeNull();
    expect(new Cursors('ids', 'id').next({}, [ID, ID], 1, (id) => [id])).toEqual(expect.any(String));
  });

  const asked: Asked & Record<string, unknown> = { status: 'open', price: 5n, region: undefined };
  const cursor = orders.after(asked, [1n, new Date(0), 1, ID]);

  it('is good for the same list and filters, however large the pages are', () => {
    expect(orders.position({ price: 5n, cursor, limit: 7, status: 'open' } as Asked)).toEqual([1n, new Date(0), 1, ID]);
  });

  it.each([
    ['of another list', () => others.position({ ...asked, cursor })],
    ['of other filters', () => orders.position({ ...asked, status: 'closed', cursor } as Asked)],
    ['of fewer filters', () => orders.position({ cursor })],
    ['with less in it', () => orders.position({ cursor: written([sealOf(orders), '1', 0, 1]) })],
    ['with more in it', () => orders.position({ cursor: written([sealOf(orders), '1', 0, 1, ID, 1]) })],
    ['without a seal', () => orders.position({ cursor: written(['1', 0, 1, ID]) })],
    ['that is none', () => orders.position({ cursor: 'WyJhYmMiXQ' })],
  ])('%s is refused', (_, read) => expect(read).toThrow(ValidationFailed));

  it.each([
    ['a number past the column', ['1', 0, 2 ** 31, ID]],
    ['a negative number', ['1', 0, -1, ID]],
    ['a fraction', ['1', 0, 0.5, ID]],
    ['no time', ['1', 1e17, 1, ID]],
    ['text for a time', ['1', 'now', 1, ID]],
    ['NUL for an id', ['1', 0, 1, '\0']],
    ['a negative amount', ['-1', 0, 1, ID]],
    ['a list for an amount', [['1'], 0, 1, ID]],
  ])('with %s is refused although it is sealed', (_, values) => {
    expect(() => orders.position({ cursor: written([sealOf(orders), ...values]) })).toThrow(ValidationFailed);
    expect(orders.position({ cursor: written([sealOf(orders), '1', 0, 1, ID]) })).toBeDefined();
  });

  it('of any other text is none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isCursor(text)).toBe(false);
        expect(() => orders.position({ cursor: text })).toThrow(ValidationFailed);
      }),
    );
  });
});

/** What a reader of the source could write in front of values of their own. */
function sealOf(cursors: Cursors<['amount', 'moment', 'integer', 'id']> | typeof orders): string {
  const genuine = cursors.after({}, [1n, new Date(0), 1, ID]);
  return (JSON.parse(Buffer.from(genuine, 'base64url').toString()) as string[])[0]!;
}
