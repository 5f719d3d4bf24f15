import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { BlockCommitted } from '../../blockchain/contract/index.js';
import { ChainFollower } from './chain-follower.js';

/** A new block only wakes the follower, which goes by its own cursor: no event that is late, lost or twice can lead it astray. */
@EventsHandler(BlockCommitted)
export class FollowChain implements IEventHandler<BlockCommitted> {
  constructor(private readonly follower: ChainFollower) {}

  async handle(): Promise<void> {
    this.follower.wake();
  }
}
