import { View } from '@aitbc/modulith';
import { withDecimalAmounts } from './edge-json.js';
import { Page } from './page.js';

class TransferView extends View {
  id: string;
  amount: bigint;
  createdAt: Date;
  memo: string | null;
}

const transfer = () =>
  TransferView.of({ id: 't1', amount: 12_500_000_000_000_000_000n, createdAt: new Date(0), memo: null });
const json = (value: unknown) => JSON.parse(JSON.stringify(withDecimalAmounts(value))) as unknown;
const written = { id: 't1', amount: '12.5', createdAt: '1970-01-01T00:00:00.000Z', memo: null };

describe('an answer at the edge', () => {
  it('writes amounts as decimal strings of AIT and times in ISO 8601', () => {
    expect(json(transfer())).toEqual(written);
  });

  it('does so in pages and in nested objects', () => {
    expect(json(Page.of([transfer()]))).toEqual({ items: [written], nextCursor: null });
    expect(json({ a: { b: [1n] } })).toEqual({ a: { b: ['0.000000000000000001'] } });
  });

  it('leaves the view itself as it was', () => {
    const view = transfer();
    withDecimalAmounts(Page.of([view]));
    expect(view.amount).toBe(12_500_000_000_000_000_000n);
  });

  it('is not copied when it holds no amount', () => {
    const view = { id: 'a', nested: [{ at: new Date() }], bytes: Buffer.from('x') };
    expect(withDecimalAmounts(view)).toBe(view);
  });
});
