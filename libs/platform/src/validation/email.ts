import { domainToASCII } from 'node:url';
import { isEmail } from 'class-validator';
import { Field, type FieldKind, listOf, type ListOptions } from './field.js';
import { lengthUpTo } from './text.js';

/** The limit of a path in RFC 5321, and the width of email columns. */
export const MAX_EMAIL_LENGTH = 254;

/** An email address in normal form: {@link normalEmail}. */
export const Email = (): PropertyDecorator => Field(emailKind);

export const EmailList = (list: ListOptions): PropertyDecorator => Field(listOf(emailKind, list));

const emailKind: FieldKind = {
  name: 'email',
  read: (value) => (typeof value === 'string' ? normalEmail(value) : value),
  // Values from other modules have not been through request parsing.
  accepts: (value) => typeof value === 'string' && isNormalEmail(normalEmail(value)),
  says: () => 'must be an e-mail address',
};

/** Whether the output of {@link normalEmail} is an address. */
export function isNormalEmail(email: string): boolean {
  return (
    lengthUpTo(email, MAX_EMAIL_LENGTH) <= MAX_EMAIL_LENGTH &&
    email.isWellFormed() &&
    !/[\p{Cc}\s]/u.test(email) &&
    email.split('@').length === 2 &&
    isEmail(email)
  );
}

/**
 * One spelling per mailbox: people type addresses in any case, with stray blanks, and an international domain in its
 * own script or in the ASCII form of UTS 46.
 */
export function normalEmail(email: string): string {
  // Far longer than any address: normalising it would only cost time.
  if (email.length > 4 * MAX_EMAIL_LENGTH) return email;
  const address = email.normalize('NFKC').trim().toLowerCase().normalize('NFKC');
  const at = address.lastIndexOf('@');
  return at < 0 ? address : address.slice(0, at + 1) + asciiDomain(address.slice(at + 1));
}

function asciiDomain(domain: string): string {
  // `domainToASCII` parses a URL host: percent signs, ports and brackets have a meaning there.
  if (/[^\P{ASCII}a-z0-9.-]/u.test(domain)) return domain;
  return domainToASCII(domain) || domain;
}
