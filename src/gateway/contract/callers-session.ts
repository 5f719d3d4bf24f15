import { Id, OptionalField } from '@aitbc/platform';

/** The caller's session. Not part of a request's body. */
export function CallersSession(): PropertyDecorator {
  const rules = [OptionalField(), Id()];
  return (target, property) => rules.forEach((rule) => rule(target, property));
}
