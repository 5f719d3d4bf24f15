import { OptionalField, Text } from '@aitbc/platform';

const MAX_LENGTH = 200;

/** The client program's self-reported name, for the user's list of sessions. Not part of a request's body. */
export function ClientName(): PropertyDecorator {
  const rules = [OptionalField(), Text({ max: MAX_LENGTH })];
  return (target, property) => rules.forEach((rule) => rule(target, property));
}

/** Derives a program's name from a `User-Agent` header. */
export function clientNameOf(userAgent: string | undefined): string | undefined {
  const name = userAgent?.replaceAll(/[^\x20-\x7e]/g, '').trim();
  return name ? name.slice(0, MAX_LENGTH) : undefined;
}
