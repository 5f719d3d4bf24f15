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
/** The polling interval if no event arrives: another replica got it, or it came while this one was down. */
const EVERY_MS = 2_000;
/** A failover of the chain's database loses seconds of blocks. */
const KEPT_HASHES = 1_000;

/** Processes block after block, each once and completely: outgoing transactions, balance changes, escrow outcomes. */
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
    // Read after the head: contracts active up to that block were known before.
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
    // Checked again inside the transaction: another replica may have been faster.
    if ((await this.position()) !== number - 1 || (await this.isReplaced(number - 1, block.parentHash))) return;
    await this.takers.take(block);
    await this.cursors.save({ chain: ChainCursor.MAIN, blockNumber: number });
    await this.followed.insert({ number, hash });
    if (number % KEPT_HASHES === 0) await this.followed.delete({ number: LessThan(number - KEPT_HASHES) });
  }

  /** Whether a different block was processed at this height. */
  private async isReplaced(number: number, hash: string): Promise<boolean> {
    const known = await this.followed.findOneBy({ number });
    return known !== null && known.hash !== hash;
  }

  /** Genesis, block 0, has no transactions: its allocations appear as opening balances. */
  private async position(): Promise<number> {
    return (await this.cursors.findOneBy({ chain: ChainCursor.MAIN }))?.blockNumber ?? 0;
  }
}
