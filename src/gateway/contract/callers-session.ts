import { Id, OptionalField } from '@aitbc/platform';

/** The session that the caller came in. Not part of a request's body. */
export function CallersSession(): PropertyDecorator {
  const rules = [OptionalField(), Id()];
  return (target, property) => rules.forEach((rule) => rule(target, property));
}
