import fc from 'fast-check';
import { amountColumn, padAmount } from '../database/columns.js';
import { readObject } from '../validation/read-object.js';
import { Address } from './address.js';
import { AIT, Amount, formatAmount, parseAmount } from './amount.js';

const amounts = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });

describe('an amount of AIT', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(parseAmount(formatAmount(amount))).toBe(amount);
      }),
    );
  });

  it('is read without floating point', () => {
    expect(parseAmount('0.1')! + parseAmount('0.2')!).toBe(parseAmount('0.3'));
    expect(parseAmount('1')).toBe(AIT);
    expect(parseAmount('0.000000000000000001')).toBe(1n);
    expect(formatAmount(-1_500_000_000_000_000_000n)).toBe('-1.5');
  });

  it.each([
    '',
    ' ',
    '-1',
    '+1',
    '1e3',
    '01',
    '1.',
    '.5',
    '0.0000000000000000001',
    '1,5',
    '0x10',
    'NaN',
    '٣',
    '9'.repeat(61),
  ])('is not %j', (text) => expect(parseAmount(text)).toBeUndefined());

  it('is at most what fits into 256 bits', () => {
    expect(parseAmount(formatAmount(2n ** 256n - 1n))).toBe(2n ** 256n - 1n);
    expect(parseAmount(formatAmount(2n ** 256n))).toBeUndefined();
  });

  it('sorts as text, once stored, as it does as a number', () => {
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        expect(padAmount(a) < padAmount(b)).toBe(a < b);
        expect(amountColumn.from(amountColumn.to(a))).toBe(a);
      }),
    );
  });
});

class Payment {
  @Amount({ positive: true }) amount: bigint;
  @Address() to: string;
}

const read = (body: object) => readObject(Payment, body as Record<string, unknown>);
const problemsOf = (body: object) => read(body).problems.map((each) => each.field);

describe('the fields of a request', () => {
  const to = '0x52908400098527886E0F7030069857D2E4169EE7';

  it('arrive as base units and as a checksummed address', () => {
    const payment = { amount: 12_500_000_000_000_000_000n, to };
    for (const written of [to, to.toLowerCase(), `0x${to.slice(2).toUpperCase()}`]) {
      const { object, problems } = read({ amount: '12.5', to: written });
      expect([object, problems]).toEqual([payment, []]);
    }
  });

  it.each([
    ['a number', { amount: 12.5, to }, 'amount'],
    ['nothing at all', { amount: '0', to }, 'amount'],
    ['a word', { amount: 'much', to }, 'amount'],
    ['an address with a wrong checksum', { amount: '1', to: to.replace('E7', 'e7') }, 'to'],
    ['half an address', { amount: '1', to: '0x5290' }, 'to'],
  ])('when one is %s, are refused by its name', (_, body, field) => expect(problemsOf(body)).toEqual([field]));
});
