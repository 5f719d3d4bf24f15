import { Event, Key } from '@aitbc/modulith';

/** A block is in the chain and stays there. Only its name: whoever needs more asks with GetBlockEffects. */
export class BlockCommitted extends Event {
  /** Always 'main': blocks are announced in their order. */
  @Key() chain: string;
  number: number;
  hash: string;
}
