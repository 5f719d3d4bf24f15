import { generateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import * as fc from 'fast-check';
import { redact } from './redact.js';

const KEY = '4c0883a69102937d6231471b5dbb6204fe512961708279f2e3e8a5d4b8e3e1a7';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

describe('what is written to a log', () => {
  it.each([
    ['a field', JSON.stringify({ password: 'hush hush' }), 'hush'],
    ['a field with quotes in its value', JSON.stringify({ password: 'he said "hush" and left' }), 'hush'],
    [
      'a field in another spelling',
      JSON.stringify({ refresh_token: 'hush', API_KEY: 'hush', 'private-key': 'hush' }),
      'hush',
    ],
    ['JSON inside a message', JSON.stringify({ msg: JSON.stringify({ mnemonic: 'hush' }) }), 'hush'],
    [
      'JSON inside JSON',
      JSON.stringify({ msg: JSON.stringify({ a: JSON.stringify({ token: 'hush', b: 1 }) }) }),
      'hush',
    ],
    ['a header', 'GET /v1/offers with Authorization: Bearer abcdefgh.ijkl-mnop', 'abcdefgh'],
    ['an access token', `the token ${JWT} has expired`, 'eyJzdWIi'],
    ['an API key', 'agent aitbc_0123456789abcdefABCDEF_- is unknown', '0123456789abcdef'],
    ['the password of a database', 'connect ECONNREFUSED postgres://aitbc:hush@db:5432/aitbc', 'hush'],
    ['a key', `Error: ${KEY} is no key\n    at sign (file.ts:1:1)`, KEY.slice(8)],
    ['a key with 0x', `0x${KEY}`, KEY.slice(8)],
  ])('shows no secret of %s', (_what, text, secret) => {
    expect(redact(text)).not.toContain(secret);
  });

  it('shows no mnemonic, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<128 | 256>(128, 256),
        fc.constantFrom('', 'no such words as ', 'Error: "'),
        fc.constantFrom('', ' were found', '"\n    at unlock'),
        (strength, before, after) => {
          const mnemonic = generateMnemonic(wordlist, strength);
          expect(redact(before + mnemonic + after)).not.toContain(mnemonic.split(' ').slice(2, 8).join(' '));
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([
    'the client takes what comes from others there and then goes home again with nothing left over',
    '{"level":"info","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","msg":"token expired, password wrong"}',
    'connect ECONNREFUSED redis://127.0.0.1:6379',
    'marketplace.BookOffer 019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071 was not delivered to "wallet"',
  ])('is left as it is where nothing is secret: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('still tells which hash was meant', () => {
    expect(redact(`block 0x${KEY}`)).toBe('block 0x4c0883a6…');
  });

  it.each(['\\', 'a.', 'eyJ-', 'abandon ', 'Bearer ', '"password":"', '4c'])(
    'takes no long time over a lot of %s',
    (part) => {
      const started = performance.now();
      redact(part.repeat(100_000));
      expect(performance.now() - started).toBeLessThan(2_000);
    },
  );

  it('stays JSON', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (password, msg) => {
        const line = JSON.stringify({ password, msg, nested: { token: password } });
        expect(() => JSON.parse(redact(line)) as unknown).not.toThrow();
      }),
    );
  });
});
