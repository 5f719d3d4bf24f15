import { domainToASCII } from 'node:url';
import { isEmail } from 'class-validator';
import { Field, type FieldKind, listOf, type ListOptions } from './field.js';
import { lengthUpTo } from './text.js';

/** As RFC 5321 limits a path, and as columns that hold one are wide. */
export const MAX_EMAIL_LENGTH = 254;

/** An e-mail address in its normal form: {@link normalEmail}. */
export const Email = (): PropertyDecorator => Field(emailKind);

export const EmailList = (list: ListOptions): PropertyDecorator => Field(listOf(emailKind, list));

const emailKind: FieldKind = {
  name: 'email',
  read: (value) => (typeof value === 'string' ? normalEmail(value) : value),
  // What another module sends has not been read as a request is.
  accepts: (value) => typeof value === 'string' && isNormalEmail(normalEmail(value)),
  says: () => 'must be an e-mail address',
};

/** Whether what {@link normalEmail} made of a text is an address. */
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
 * One spelling per mailbox: people write their address in any case, with stray blanks, and an international domain in its
 * own script or in the ASCII form of UTS 46.
 */
export function normalEmail(email: string): string {
  // Far more than any address has; normalising it would only cost time.
  if (email.length > 4 * MAX_EMAIL_LENGTH) return email;
  const address = email.normalize('NFKC').trim().toLowerCase().normalize('NFKC');
  const at = address.lastIndexOf('@');
  return at < 0 ? address : address.slice(0, at + 1) + asciiDomain(address.slice(at + 1));
}

function asciiDomain(domain: string): string {
  // `domainToASCII` reads a host of a URL: percent signs, ports and brackets mean something there.
  if (/[^\P{ASCII}a-z0-9.-]/u.test(domain)) return domain;
  return domainToASCII(domain) || domain;
}
