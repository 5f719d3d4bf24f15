import { Event, Key } from '@aitbc/modulith';
import { IsObject } from 'class-validator';
import { OptionalField } from '../validation/optional-field.js';
import { Text } from '../validation/text.js';

type State = Readonly<Record<string, unknown>>;

/**
 * A change that an auditor may ask about. Each module has its own subclass and publishes it with the commit of the
 * change, so that no change goes unrecorded; the event's metadata holds the user, the origin and the trace. States
 * contain no secrets.
 */
export abstract class Audited extends Event {
  /** The changed resource, such as `gateway.user 0191…`: the records of one resource stay in order. */
  @Key() @Text({ max: 200 }) resource: string;
  /** The action, such as `lock`. */
  @Text({ max: 64 }) action: string;
  /** The changed fields before; absent if the resource did not exist. */
  @OptionalField() @IsObject() before?: State;
  /** The changed fields after; absent if the resource no longer exists. */
  @OptionalField() @IsObject() after?: State;
}
