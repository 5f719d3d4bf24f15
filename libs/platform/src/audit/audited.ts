import { Event, Key } from '@aitbc/modulith';
import { IsObject } from 'class-validator';
import { OptionalField } from '../validation/optional-field.js';
import { Text } from '../validation/text.js';

type State = Readonly<Record<string, unknown>>;

/**
 * Something was changed that an auditor may ask about. Each module has a subclass of its own and publishes it with the
 * commit of the change, so that no change goes without its record; who, from where and in which trace stands in the
 * event's metadata. States hold no secrets.
 */
export abstract class Audited extends Event {
  /** What was changed, such as `gateway.user 0191…`: the records of one resource keep their order. */
  @Key() @Text({ max: 200 }) resource: string;
  /** What was done to it, such as `lock`. */
  @Text({ max: 64 }) action: string;
  /** What of it was otherwise before; absent where it did not exist. */
  @OptionalField() @IsObject() before?: State;
  /** The same afterwards; absent where it exists no more. */
  @OptionalField() @IsObject() after?: State;
}
