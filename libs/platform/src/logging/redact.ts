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

/** `"password":"`, in a JSON line and in JSON that is itself part of a text there, however often it is escaped. */
const FIELD = new RegExp(
  `(?<!\\\\)(\\\\*)"(?:${FIELDS.map((each) => each.replace(/([A-Z])/g, '[-_]?$1')).join('|')})\\1"\\s*:\\s*\\1"`,
  'gi',
);
// Each begins only where a word does, or has bounds: no text is slow to look through.
const BEARER = /\b(Bearer|Basic)\s+[\w.~+/-]{8,}=*/gi;
const JWT = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;
const API_KEY = /\baitbc_[\w-]{16,}/g;
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"]{0,256}:)[^\s@/"]{1,256}(?=@)/gi;
/** Keys are written like hashes; what is left of a hash is enough to find it, and of a key too little to use it. */
const KEY = /(?<![0-9a-f])((?:0x)?[0-9a-f]{8})[0-9a-f]{56}(?![0-9a-f])/gi;
const WORDS = /\b(?:[a-z]{3,8} ){11,23}[a-z]{3,8}\b/g;
const LEAST_WORDS = 12;

let mnemonicWords: ReadonlySet<string> | undefined;

/**
 * Takes out of a text what looks like a secret. A second line of defence: nothing secret should be in what is logged in
 * the first place.
 */
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
 * Where the closing quote of a value begins, with the backslashes before it. What JSON in JSON writes as a quote has as
 * many of them as the opening one had; more of them are pairs, or belong to a quote inside the value.
 */
function endOfValue(text: string, begin: number, depth: number): number {
  for (let quote = text.indexOf('"', begin); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (quote - backslashes > begin && text[quote - backslashes - 1] === '\\') backslashes += 1;
    if (backslashes % (2 * (depth + 1)) === depth) return quote - depth;
  }
  return text.length;
}

/** English prose is let through; twelve words in a row out of the list of mnemonics are none. */
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
