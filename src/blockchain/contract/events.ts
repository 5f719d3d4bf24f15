import { Broadcast, Event, Key } from '@aitbc/modulith';
import { Text } from '@aitbc/platform';

/** A block is final in the chain. Carries only its identity: GetBlockEffects returns the rest. */
export class BlockCommitted extends Event {
  /** Always 'main', so that blocks are announced in order. */
  @Key() chain: string;
  number: number;
  hash: string;
}

/** A request's connection was closed before the response: its reads of the chain need not be computed. */
@Broadcast()
export class CallerLeft extends Event {
  /** The correlation id of everything that the request caused. */
  @Text({ max: 256 }) request: string;
  /** The request's address: callers choose request ids, and may choose the same. */
  @Text({ max: 64 }) origin: string;
}
