import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { BlockEffectsView } from '../../blockchain/contract/index.js';
import { Background } from '../background.js';
import { Chain } from '../transactions/chain.js';
import { BlockTakers } from './block-takers.js';
import { ChainCursor } from './chain-cursor.entity.js';

const NAME = 'follow-chain';
/** Where no event wakes it: the block went to another replica, or came while this one was away. */
const EVERY_MS = 2_000;

/** Takes in block after block, each once and whole: what was sent, what was earned, what the escrows did. */
@Injectable()
export class ChainFollower implements OnApplicationBootstrap {
  constructor(
    @InjectRepository(ChainCursor, 'wallet') private readonly cursors: Repository<ChainCursor>,
    private readonly chain: Chain,
    private readonly takers: BlockTakers,
    private readonly background: Background,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every(NAME, EVERY_MS, () => this.run());
  }

  wake(): void {
    this.background.wake(NAME);
  }

  async run(): Promise<void> {
    const head = await this.chain.headNumber();
    for (let next = (await this.position()) + 1; next <= head; next++) {
      const block = await this.chain.effects(next);
      await this.background.transaction(() => this.take(block));
    }
  }

  private async take(block: BlockEffectsView): Promise<void> {
    // Read again inside: another replica may have been faster.
    if ((await this.position()) !== block.number - 1) return;
    await this.takers.take(block);
    await this.cursors.save({ chain: ChainCursor.MAIN, blockNumber: block.number });
  }

  /** Genesis, block 0, has no transactions: what it allots shows as an opening balance. */
  private async position(): Promise<number> {
    return (await this.cursors.findOneBy({ chain: ChainCursor.MAIN }))?.blockNumber ?? 0;
  }
}
