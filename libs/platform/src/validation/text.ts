import { Field, type FieldKind, listOf, type ListOptions } from './field.js';

export interface TextOptions {
  /** Characters (code points, as a `varchar` column counts them) at least; 1 unless given. */
  readonly min?: number;
  /** Characters at most. */
  readonly max: number;
  /**
   * `none` unless given. `lines`: line breaks and tabs. `replaced`: others become U+FFFD, where the sender is a program that
   * only passes a text on. `all`: what a program reads or writes, or a password; such a text is left exactly as it came.
   */
  readonly controls?: 'none' | 'lines' | 'replaced' | 'all';
  /** What all of it must match, and the end of the sentence that says so: `must be …`. */
  readonly pattern?: RegExp;
  readonly says?: string;
}

const ALL_BUT_LINES = /[^\P{Cc}\n\r\t]/u;
const CONTROLS = { none: /\p{Cc}/u, lines: ALL_BUT_LINES, replaced: ALL_BUT_LINES, all: undefined } as const;

/** Text that can be stored, compared and written as JSON everywhere: well-formed, in NFC, without control characters. */
export const Text = (options: TextOptions): PropertyDecorator => Field(textKind(options));

/** A list of texts, each by the same rule. */
export const TextList = (options: TextOptions, list: ListOptions): PropertyDecorator =>
  Field(listOf(textKind(options), list));

const textKind = (options: TextOptions): FieldKind => ({
  name: 'text',
  read: (value) => (typeof value === 'string' ? readText(value, options) : value),
  accepts: (value) => problemOf(value, options) === undefined,
  says: (value) => problemOf(value, options) ?? 'is not valid',
});

/** Whether a text within JSON of any shape may be stored: well-formed, and without NUL, which Postgres refuses. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** How many code points a text has, as far as that matters: more than `most` is not counted out. */
export function lengthUpTo(text: string, most: number): number {
  if (text.length > 2 * most) return most + 1;
  let length = 0;
  for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) length += 1;
  return length;
}

function readText(text: string, { max, controls }: TextOptions): string {
  // Normalising costs time by length; what is far too long is refused as it is.
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
