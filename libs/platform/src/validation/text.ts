import { Field, type FieldKind, listOf, type ListOptions } from './field.js';

export interface TextOptions {
  /** Minimum length in characters (code points, as a `varchar` column counts them); 1 by default. */
  readonly min?: number;
  /** Maximum length in characters. */
  readonly max: number;
  /**
   * `none` by default. `lines`: allows line breaks and tabs. `replaced`: others become U+FFFD, for senders that only
   * pass a text on. `all`: for text that programs read or write, and for passwords; kept exactly as received.
   */
  readonly controls?: 'none' | 'lines' | 'replaced' | 'all';
  /** A pattern for the whole text, and the end of the error sentence: `must be …`. */
  readonly pattern?: RegExp;
  readonly says?: string;
}

const ALL_BUT_LINES = /[^\P{Cc}\n\r\t]/u;
const CONTROLS = { none: /\p{Cc}/u, lines: ALL_BUT_LINES, replaced: ALL_BUT_LINES, all: undefined } as const;

/**
 * Text that can be stored, compared and encoded as JSON everywhere: well-formed, in NFC, without control characters.
 */
export const Text = (options: TextOptions): PropertyDecorator => Field(textKind(options));

/** A list of texts with the same rule. */
export const TextList = (options: TextOptions, list: ListOptions): PropertyDecorator =>
  Field(listOf(textKind(options), list));

const textKind = (options: TextOptions): FieldKind => ({
  name: 'text',
  read: (value) => (typeof value === 'string' ? readText(value, options) : value),
  accepts: (value) => problemOf(value, options) === undefined,
  says: (value) => problemOf(value, options) ?? 'is not valid',
});

/** Whether a text inside arbitrary JSON can be stored: well-formed, and without NUL, which Postgres rejects. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** The number of code points of a text; stops counting beyond `most`. */
export function lengthUpTo(text: string, most: number): number {
  if (text.length > 2 * most) return most + 1;
  let length = 0;
  for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) length += 1;
  return length;
}

function readText(text: string, { max, controls }: TextOptions): string {
  // Normalising takes time proportional to the length; a far too long text is rejected without it.
  if (controls === 'all' || text.length > 4 * max) return text;
  const shown = controls === 'replaced' ? text.replaceAll(new RegExp(ALL_BUT_LINES, 'gu'), '\ufffd') : text;
  return shown.normalize('NFC');
}

function problemOf(
  value: unknown,
  { min = 1, max, controls = 'none', pattern, says }: TextOptions,
): string | undefined {
  if (typeof value !== 'string') return 'must be a string';
  const length = lengthUpTo(value, max);
  if (length < min || length > max) return `must have ${min > 0 ? `${min} to ${max}` : `at most ${max}`} characters`;
  if (!value.isWellFormed()) return 'must be well-formed Unicode text';
  if (CONTROLS[controls]?.test(value)) return 'must be text without control characters';
  if (pattern && !pattern.test(value)) return says ?? 'does not have the right form';
  return undefined;
}
