import { Names } from './names.js';

const ID = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071';
const OTHER = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072';
const ADDRESS = '0x52908400098527886E0F7030069857D2E4169EE7';

describe('the names that make two runs comparable', () => {
  it('call an id by where it was told first, wherever it comes again', () => {
    const names = new Names();
    names.learn('book', { id: ID, lock: { to: ADDRESS } });
    names.learn('read', { id: ID });
    expect(names.of({ purpose: `lock:${ID}`, to: ADDRESS.toLowerCase() })).toEqual({
      purpose: 'lock:<book.id>',
      to: '<book.lock.to>',
    });
  });

  it('tell apart who was told, and only say of others what they are', () => {
    const names = new Names();
    names.learn('book', { id: ID });
    expect(names.of([ID, OTHER])).toEqual(['<book.id>', '<id>']);
  });

  it.each([
    ['a time', 1_800_000_000_000, '<time>'],
    ['a time in words', 'at 2026-01-02T03:04:05.678Z', 'at <time>'],
    ['a trace', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, '<traceparent>'],
    ['a hash', `0x${'ab'.repeat(32)}`, '<hash>'],
    ['an address', ADDRESS, '<address>'],
    ['call data', `0x${'ab'.repeat(100)}`, '<100 bytes>'],
    ['bytes', Buffer.alloc(7), '<7 bytes>'],
    ['a signature', `${'Ab+/'.repeat(21)}Ab==`, '<88 letters>'],
    ['JSON with a time in it', '{"at":1800000000000,"n":3}', '{"at":<time>,"n":3}'],
  ])('leave the kind of %s', (_what, value, expected) => {
    expect(new Names().of(value)).toEqual(expected);
  });

  it.each([
    [0],
    [12],
    ['settled'],
    ['2.5'],
    [true],
    [null],
    ['marketplace.offer_unavailable'],
    ['25'.padStart(78, '0')],
  ])('leave %j as it is', (value) => {
    expect(new Names().of(value)).toEqual(value);
  });
});
