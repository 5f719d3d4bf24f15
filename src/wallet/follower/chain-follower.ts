import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import type { BlockEffectsView } from '../../blockchain/contract/index.js';
import { Background } from '../background.js';
import { Chain } from '../transactions/chain.js';
import { BlockTakers } from './block-takers.js';
import { ChainCursor, FollowedBlock } from './chain-cursor.entity.js';
import { ReplacedBlocks } from './replaced-blocks.js';

const NAME = 'follow-chain';
/** Where no event wakes it: the block went to another replica, or came while this one was away. */
const EVERY_MS = 2_000;
/** A failover of the chain's database loses seconds of blocks. */
const KEPT_HASHES = 1_000;

/** Takes in block after block, each once and whole: what was sent, what was earned, what the escrows did. */
@Injectable()
export class ChainFollower implements OnApplicationBootstrap {
  constructor(
    @InjectRepository(ChainCursor, 'wallet') private readonly cursors: Repository<ChainCursor>,
    @InjectRepository(FollowedBlock, 'wallet') private readonly followed: Repository<FollowedBlock>,
    private readonly chain: Chain,
    private readonly takers: BlockTakers,
    private readonly replaced: ReplacedBlocks,
    private readonly background: Background,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every(NAME, EVERY_MS, () => this.run());
  }

  wake(): void {
    this.background.wake(NAME);
  }

  async run(): Promise<void> {
    const head = await this.chain.head();
    // Read after the head: a contract that did something up to there was known before.
    const contracts = await this.takers.contracts();
    if (await this.isReplaced(head.number, head.hash)) await this.replaced.forget(head.number);
    for (let next = (await this.position()) + 1; next <= head.number; next++) {
      const block = await this.chain.effects(next, contracts);
      if (await this.isReplaced(next - 1, block.parentHash)) {
        await this.replaced.forget(next - 1);
        next = await this.position();
      } else await this.background.transaction(() => this.take(block));
    }
  }

  private async take(block: BlockEffectsView): Promise<void> {
    const { number, hash } = block;
    // Read again inside: another replica may have been faster.
    if ((await this.position()) !== number - 1 || (await this.isReplaced(number - 1, block.parentHash))) return;
    await this.takers.take(block);
    await this.cursors.save({ chain: ChainCursor.MAIN, blockNumber: number });
    await this.followed.insert({ number, hash });
    if (number % KEPT_HASHES === 0) await this.followed.delete({ number: LessThan(number - KEPT_HASHES) });
  }

  /** Whether another block was taken in at this height. */
  private async isReplaced(number: number, hash: string): Promise<boolean> {
    const known = await this.followed.findOneBy({ number });
    return known !== null && known.hash !== hash;
  }

  /** Genesis, block 0, has no transactions: what it allots shows as an opening balance. */
  private async position(): Promise<number> {
    return (await this.cursors.findOneBy({ chain: ChainCursor.MAIN }))?.blockNumber ?? 0;
  }
}
