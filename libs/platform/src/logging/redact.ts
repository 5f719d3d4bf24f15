import { wordlist } from '@scure/bip39/wordlists/english.js';

const FIELDS = [
  'password',
  'passphrase',
  'mnemonic',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'agentToken',
  'apiKey',
  'privateKey',
  'masterKey',
  'wrappedKey',
  'keystore',
  'authorization',
  'cookie',
  'set-cookie',
];

/** `"password":"`, in a JSON line and in JSON nested in strings, at any level of escaping. */
const FIELD = new RegExp(
  `(?<!\\\\)(\\\\*)"(?:${FIELDS.map((each) => each.replace(/([A-Z])/g, '[-_]?$1')).join('|')})\\1"\\s*:\\s*\\1"`,
  'gi',
);
// Each pattern starts at a word boundary or is bounded: no input is slow to scan.
const BEARER = /\b(Bearer|Basic)\s+[\w.~+/-]{8,}=*/gi;
const JWT = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;
const API_KEY = /\baitbc_[\w-]{16,}/g;
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"]{0,256}:)[^\s@/"]{1,256}(?=@)/gi;
/** Keys look like hashes; the remaining digits suffice to identify a hash, but not to use a key. */
const KEY = /(?<![0-9a-f])((?:0x)?[0-9a-f]{8})[0-9a-f]{56}(?![0-9a-f])/gi;
const WORDS = /\b(?:[a-z]{3,8} ){11,23}[a-z]{3,8}\b/g;
const LEAST_WORDS = 12;

let mnemonicWords: ReadonlySet<string> | undefined;

/** Redacts what looks like a secret. A second line of defence: secrets should not be logged in the first place. */
export function redact(text: string): string {
  return withoutFields(text)
    .replace(BEARER, '$1 [redacted]')
    .replace(JWT, '[redacted]')
    .replace(API_KEY, '[redacted]')
    .replace(URL_PASSWORD, '$1[redacted]')
    .replace(KEY, '$1…')
    .replace(WORDS, withoutMnemonic);
}

function withoutFields(text: string): string {
  let out = '';
  let from = 0;
  for (const field of text.matchAll(FIELD)) {
    const begin = field.index + field[0].length;
    if (begin < from) continue;
    out += `${text.slice(from, begin)}[redacted]`;
    from = endOfValue(text, begin, field[1]!.length);
  }
  return out + text.slice(from);
}

/**
 * The start of a value's closing quote, including its backslashes. In nested JSON it has as many backslashes as the
 * opening quote; more of them are pairs, or belong to a quote inside the value.
 */
function endOfValue(text: string, begin: number, depth: number): number {
  for (let quote = text.indexOf('"', begin); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (quote - backslashes > begin && text[quote - backslashes - 1] === '\\') backslashes += 1;
    if (backslashes % (2 * (depth + 1)) === depth) return quote - depth;
  }
  return text.length;
}

/** Leaves English prose alone; redacts twelve consecutive words from the mnemonic word list. */
function withoutMnemonic(words: string): string {
  const known = (mnemonicWords ??= new Set(wordlist));
  const out: string[] = [];
  let run: string[] = [];
  const endRun = () => {
    out.push(...(run.length >= LEAST_WORDS ? ['[redacted]'] : run));
    run = [];
  };
  for (const word of words.split(' ')) {
    if (known.has(word)) run.push(word);
    else {
      endRun();
      out.push(word);
    }
  }
  endRun();
  return out.join(' ');
}
