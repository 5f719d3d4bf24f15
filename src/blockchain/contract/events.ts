import { Broadcast, Event, Key } from '@aitbc/modulith';
import { Text } from '@aitbc/platform';

/** A block is in the chain and stays there. Only its name: whoever needs more asks with GetBlockEffects. */
export class BlockCommitted extends Event {
  /** Always 'main': blocks are announced in their order. */
  @Key() chain: string;
  number: number;
  hash: string;
}

/** The connection of a request was closed before it was answered: what it asked of the chain need not be computed. */
@Broadcast()
export class CallerLeft extends Event {
  /** The correlation id of all that the request caused. */
  @Text({ max: 256 }) request: string;
  /** The address that it came from: callers choose the ids of their requests, and may choose the same. */
  @Text({ max: 64 }) origin: string;
}
