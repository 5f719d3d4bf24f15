import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { BlockCommitted } from '../../blockchain/contract/index.js';
import { ChainFollower } from './chain-follower.js';

/** A new block only wakes the follower, which relies on its own cursor: late, lost or duplicate events do no harm. */
@EventsHandler(BlockCommitted)
export class FollowChain implements IEventHandler<BlockCommitted> {
  constructor(private readonly follower: ChainFollower) {}

  async handle(): Promise<void> {
    this.follower.wake();
  }
}
