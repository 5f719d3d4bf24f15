import { OptionalField, Text } from '@aitbc/platform';

const MAX_LENGTH = 200;

/** The program that signs in, as it names itself; for the user's list of sessions. Not part of a request's body. */
export function ClientName(): PropertyDecorator {
  const rules = [OptionalField(), Text({ max: MAX_LENGTH })];
  return (target, property) => rules.forEach((rule) => rule(target, property));
}

/** A `User-Agent` header as a name of a program. */
export function clientNameOf(userAgent: string | undefined): string | undefined {
  const name = userAgent?.replaceAll(/[^\x20-\x7e]/g, '').trim();
  return name ? name.slice(0, MAX_LENGTH) : undefined;
}
