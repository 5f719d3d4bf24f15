import { buildMessage, ValidateBy } from 'class-validator';

/** The minimum length of a password chosen by a person. */
export const MIN_PASSWORD = 12;
export const MAX_PASSWORD = 128;
const MIN_DIFFERENT = 5;

/**
 * Why a password is too weak, or undefined if it is acceptable: long enough, not monotonous, not derived from the
 * email.
 */
export function passwordProblem(password: unknown, email: unknown): string | undefined {
  if (typeof password !== 'string') return 'must be a string';
  const characters = [...password];
  if (characters.length < MIN_PASSWORD) return `must have at least ${MIN_PASSWORD} characters`;
  if (characters.length > MAX_PASSWORD) return `must have at most ${MAX_PASSWORD} characters`;
  if (new Set(characters).size < MIN_DIFFERENT) return `must have at least ${MIN_DIFFERENT} different characters`;
  if (isCommon(password)) return 'must not be a well-known password';
  if (typeof email === 'string' && namesAccount(password, email)) return 'must not be made of the email';
  return undefined;
}

/** Validates a password, taking the `email` in the same object into account. */
export const IsSoundPassword = (): PropertyDecorator =>
  ValidateBy({
    name: 'isSoundPassword',
    validator: {
      validate: (value, args) => passwordProblem(value, emailBeside(args?.object)) === undefined,
      defaultMessage: buildMessage(
        (prefix, args) =>
          `${prefix}$property ${passwordProblem(args?.value, emailBeside(args?.object)) ?? 'is not sound'}`,
      ),
    },
  });

const emailBeside = (object: object | undefined) => (object as { email?: unknown } | undefined)?.email;

function namesAccount(password: string, email: string): boolean {
  const lower = password.toLowerCase();
  const name = email.toLowerCase().split('@')[0]!;
  return lower === email.toLowerCase() || (name.length > 0 && lower.replaceAll(name, '').length < MIN_DIFFERENT);
}

// From lists of leaked passwords: those that reach twelve characters by repetition or keyboard walks.
const COMMON_PARTS = [
  'password',
  'passwort',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwerty',
  'azerty',
  'letmein',
  'welcome',
  'iloveyou',
  'admin',
  'abc',
];

function isCommon(password: string): boolean {
  let rest = password.toLowerCase();
  for (const part of COMMON_PARTS) rest = rest.replaceAll(part, '');
  return rest === '' || isRun(rest) || /^[\d!?.@#$*_-]{0,6}$/.test(rest) || /^(.{1,5})\1+$/.test(password);
}

/** `123456789012`, `abcdefghijkl` or either reversed. */
function isRun(text: string): boolean {
  const steps = new Set(Array.from(text.slice(1), (next, at) => (next.charCodeAt(0) - text.charCodeAt(at) + 10) % 10));
  return text.length > 3 && steps.size === 1;
}
