import { Audited } from '@aitbc/platform';
import fc from 'fast-check';
import { type AuditHead, BEGINNING, hashOf, lineOf } from './audit-record.js';
import { checkAuditLog, linesOf } from './check-audit-log.js';
import { MOST_STATE_BYTES, recordAfter } from './record-after.js';

class Changed extends Audited {}

async function* piecewise(text: string, size = 7): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

const check = (lines: readonly string[], kept?: AuditHead) =>
  checkAuditLog(linesOf(piecewise(lines.map((line) => `${line}\n`).join(''), 1000)), kept);

/** A log of these changes, and its head. */
function logOf(states: readonly (Record<string, unknown> | undefined)[]): { lines: string[]; head: AuditHead } {
  const lines: string[] = [];
  let head = BEGINNING;
  for (const [at, after] of states.entries()) {
    const change = Changed.of({ resource: `gateway.user ${at % 3}`, action: 'lock', before: { at }, after });
    const principal = at % 2 ? { subject: 'operator', roles: ['user', 'operator'], scopes: [] } : undefined;
    const record = recordAfter(head, change, { at: new Date(1_767_225_600_000 + at), principal, origin: '192.0.2.7' });
    lines.push(lineOf(record));
    head = record;
  }
  return { lines, head };
}

const numbered = (count: number) => logOf(Array.from({ length: count }, (_, n) => ({ n })));
const problemsOf = async (lines: readonly string[], kept?: AuditHead) => (await check(lines, kept)).problems;

const state = fc.option(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 })), { nil: undefined }) as fc.Arbitrary<
  Record<string, unknown> | undefined
>;
const log = fc.array(state, { minLength: 2, maxLength: 8 }).map(logOf);

describe('an audit log', () => {
  it('when nobody touched it, is whole, whatever was recorded', async () => {
    await fc.assert(
      fc.asyncProperty(log, async ({ lines, head }) => {
        expect(await check(lines, head)).toEqual({ problems: [], head: { sequence: head.sequence, hash: head.hash } });
      }),
    );
  });

  it('when a single character differs, is found to be altered', async () => {
    const difference = fc.tuple(fc.nat(), fc.nat(), fc.string({ minLength: 1, maxLength: 1 }));
    await fc.assert(
      fc.asyncProperty(log, difference, async ({ lines, head }, [which, where, character]) => {
        const at = which % lines.length;
        const line = lines[at]!;
        const place = where % line.length;
        const altered = line.slice(0, place) + character + line.slice(place + 1);
        fc.pre(altered !== line);
        expect(await problemsOf(lines.with(at, altered), head)).not.toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('when a number became one that is not finite, is found to be altered', async () => {
    const { lines, head } = numbered(3);
    const altered = lines.with(1, lines[1]!.replace('"n":1', '"n":1e999'));
    expect(await problemsOf(altered, head)).toEqual(['Record 2 was changed.']);
  });

  it('when records are removed, swapped, repeated or put in, is found to be altered', async () => {
    type Tampering = (lines: string[], one: number, other: number) => string[];
    const tampering = fc.constantFrom<Tampering>(
      (lines, one) => lines.toSpliced(one, 1),
      (lines, one, other) => lines.with(one, lines[other]!).with(other, lines[one]!),
      (lines, one, other) => lines.toSpliced(other, 0, lines[one]!),
      (lines, one) => lines.slice(0, one),
      (lines, one) => lines.slice(one),
      (lines, one) => lines.toSpliced(one, 0, ''),
    );
    await fc.assert(
      fc.asyncProperty(log, tampering, fc.nat(), fc.nat(), async ({ lines, head }, tamper, one, other) => {
        const tampered = tamper(lines, one % lines.length, other % lines.length);
        fc.pre(tampered.join('\n') !== lines.join('\n'));
        expect(await problemsOf(tampered, head)).not.toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('when somebody wrote it anew from some record on, hashes and all, is found by the head that was kept', async () => {
    await fc.assert(
      fc.asyncProperty(log, fc.nat(), async ({ lines, head }, from) => {
        let end = BEGINNING;
        const forged = lines.map((line, at) => {
          const record = JSON.parse(line) as Parameters<typeof lineOf>[0];
          const change = { ...record, action: at >= from % lines.length ? 'forged' : record.action };
          const next = { ...change, previousHash: end.hash };
          end = { ...next, hash: hashOf(next) };
          return lineOf(end as typeof record);
        });
        expect(await problemsOf(forged)).toEqual([]);
        expect(await problemsOf(forged, head)).not.toEqual([]);
      }),
    );
  });

  it('names the records that were changed, are missing, or were put in', async () => {
    const { lines, head } = numbered(9);
    const changed = lines.with(4, lines[4]!.replace('"lock"', '"look"'));
    expect(await problemsOf(changed, head)).toEqual(['Record 5 was changed.']);
    expect(await problemsOf(lines.toSpliced(2, 3), head)).toEqual(['Missing: records 3 to 5.']);
    expect(await problemsOf(lines.toSpliced(3, 0, lines[7]!), head)).toEqual([
      'Missing: records 4 to 7.',
      ...[4, 5, 6, 7, 8].map((n) => `Line ${n + 1}: record ${n} stands where it does not belong, after record 8.`),
    ]);
    const other = logOf([{ n: 0 }, { n: 'other' }]).lines[1]!;
    expect(await problemsOf(lines.with(1, other), head)).toEqual([
      'Record 3 does not follow record 2 as it stands here: one of them was replaced.',
    ]);
  });

  it('when its end was cut off, is found to be shorter than the head that was kept, and only by it', async () => {
    const { lines, head } = numbered(9);
    expect(await problemsOf(lines.slice(0, 7))).toEqual([]);
    expect(await problemsOf(lines.slice(0, 7), head)).toEqual(['The end is missing: records 8 to 9.']);
    expect(await problemsOf([], head)).toEqual(['The end is missing: records 1 to 9.']);
    expect(await problemsOf([...lines, ...logOf([]).lines], { ...BEGINNING })).toEqual([]);
  });

  it('keeps amounts as decimals, times as ISO 8601, and the hash of what is too large', () => {
    const after = { price: 1_500_000_000_000_000_000n, since: new Date(0), never: undefined };
    const large = { text: 'x'.repeat(MOST_STATE_BYTES) };
    const change = Changed.of({ resource: 'thing', action: 'change', before: large, after });
    const record = recordAfter(BEGINNING, change, { at: new Date(0) });
    expect(record.after).toEqual({ price: '1.5', since: '1970-01-01T00:00:00.000Z' });
    expect(record.before).toMatchObject({ tooLargeToRecord: true, bytes: MOST_STATE_BYTES + 11 });
  });

  it('is read in lines wherever its pieces end, with the separators that JSON allows within them', async () => {
    const { lines } = logOf([{ text: 'a\u2028b\u2029c\rd' }, { text: 'größer 🚀' }]);
    for (const size of [1, 2, 3, 1000]) {
      expect((await checkAuditLog(linesOf(piecewise(lines.join('\n'), size)))).problems).toEqual([]);
    }
  });

  it('is whole with what editors and other systems add on the way, and not with an empty line in the middle', async () => {
    const { lines, head } = logOf([{ text: 'a' }, { text: 'b' }, { text: 'c' }]);
    const problemsIn = async (text: string) => (await checkAuditLog(linesOf(piecewise(text, 5)), head)).problems;
    const crlf = lines.map((line) => `${line}\r\n`).join('');
    for (const text of [
      crlf,
      `${crlf}\r\n`,
      `${lines.join('\n')}\n\n\n`,
      `\uFEFF${crlf}`,
      `\uFEFF${lines.join('\r\n')}`,
    ]) {
      expect(await problemsIn(text)).toEqual([]);
    }
    expect(await problemsIn(`${lines[0]}\n\n${lines[1]}\n${lines[2]}\n`)).toEqual(['Line 2 is not a record.']);
    expect(await problemsIn(crlf.replace('"b"', '"B"'))).toEqual(['Record 2 was changed.']);
  });
});
