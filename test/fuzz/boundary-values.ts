/** A value as it stands in JSON text: some of them no program would write. */
export type JsonText = string;

const ID = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071';
const text = (value: unknown): JsonText => JSON.stringify(value);

/** What breaks programs, whatever the field is. */
const ANYWHERE: readonly JsonText[] = [
  'null',
  'true',
  '0',
  '-1',
  '-0',
  '0.5',
  '1e308',
  '2147483648',
  '9007199254740993',
  '1'.repeat(400),
  '""',
  '" "',
  '"a\\u0000b"',
  '"a\\ud83d"',
  '"\\udc00a"',
  '"a\\u0085\\u001bb"',
  text('\u202e\ufeff'),
  text('e\u0301'),
  text('x\u0332'.repeat(200)),
  text('🙂'.repeat(300)),
  text('x'.repeat(9_000)),
  text('\ufdfa'.repeat(250)),
  text("'; DROP TABLE users; --"),
  text('%_\\'),
  text('constructor'),
  text('__proto__'),
  text(ID),
  text(ID.toUpperCase()),
  text('2027-02-30T00:00:00Z'),
  text('01/02/2027'),
  text('tomorrow 2027'),
  text('9999-12-31T23:59:59.999Z'),
  text('0000-01-01T00:00:00+23:59'),
  text('0x80000000'),
  text('115792089237316195423570985008687907853269984665640564039457'),
  text('victim＠evil.org@example.org'),
  text(`a@${'b'.repeat(70)}.example`),
  '[]',
  '[null]',
  '[[[[[[]]]]]]',
  '[{"a":1}]',
  `[${Array(1_000).fill('"x"').join(',')}]`,
  '{}',
  '{"toString":"x"}',
  '{"constructor":"x"}',
  '{"__proto__":{"a":1}}',
  '{"then":"x"}',
  '{"length":1000000000}',
];

/** In the place of a whole body. */
export const BODIES: readonly string[] = [
  '',
  'null',
  '[]',
  '7',
  '"text"',
  '{}',
  '{',
  '{"a":}',
  '\ufeff{}',
  '['.repeat(5_000),
  '{"a":'.repeat(5_000),
  `[${'0,'.repeat(20_000)}0]`,
  `{${Array.from({ length: 3_000 }, (_, at) => `"k${at}":0`).join(',')}}`,
  '{"constructor":1,"toString":2,"hasOwnProperty":3}',
  '{"__proto__":{"email":"x"}}',
];

interface Shape {
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly enum?: readonly unknown[];
}

/** What to try in a field, by what its schema says of it. */
export function boundaryValues({ maxLength, minimum, maximum, maxItems, enum: choices }: Shape): JsonText[] {
  const own: JsonText[] = [];
  if (maxLength !== undefined) own.push(...['x', '🙂', 'e\u0301'].map((each) => text(each.repeat(maxLength))));
  if (maxLength !== undefined) own.push(text('x'.repeat(maxLength + 1)));
  for (const limit of [minimum, maximum]) if (limit !== undefined) own.push(`${limit - 1}`, `${limit}`, `${limit + 1}`);
  if (maxItems !== undefined) own.push(text(Array(maxItems + 1).fill(ID)));
  for (const choice of choices ?? []) own.push(text(choice));
  return [...own, ...ANYWHERE];
}

/** The same for what stands in a URL. */
export const IN_URLS: readonly string[] = [
  '',
  '%00',
  'a%00b',
  '%ed%a0%bd',
  '%ff',
  '%F0%9F%99%82',
  '..%2f..%2fetc%2fpasswd',
  '-1',
  '0',
  '99999999999',
  '0x80000000',
  '999999999999999999999',
  '1e9',
  'NaN',
  'null',
  'constructor',
  '__proto__',
  '%27%3B--',
  'x'.repeat(90),
  'x'.repeat(2_000),
  ID,
  ID.toUpperCase(),
  `0x${'f'.repeat(64)}`,
  `0x${'F'.repeat(40)}`,
  '2027-02-30T00%3A00%3A00Z',
  '01%2F02%2F2027',
];

/** Cursors that come from elsewhere, or from somebody who reads the program. */
export const CURSORS: readonly string[] = [
  'WyJhYmMiXQ',
  'W10',
  'WzFd',
  'bnVsbA',
  'x',
  ...[['seal', null], ['seal', 2 ** 53], ['seal', '\0'], ['seal', { d: 1e99 }], [{ n: '9'.repeat(90) }]].map((values) =>
    Buffer.from(JSON.stringify(values)).toString('base64url'),
  ),
];

export const HEADERS: readonly Readonly<Record<string, string>>[] = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'nonsense' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'if-match': '"99999999999999"' },
  { 'if-match': 'nonsense' },
  { 'idempotency-key': 'x'.repeat(300) },
  { 'idempotency-key': 'a key' },
  { 'last-event-id': '999999999999999' },
  { 'last-event-id': '-1' },
  { traceparent: '00-00000000000000000000000000000000-0000000000000000-ff' },
  { 'x-forwarded-for': 'nonsense' },
  { accept: 'text/html' },
];
