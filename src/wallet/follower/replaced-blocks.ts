import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThanOrEqual, MoreThan, Repository } from 'typeorm';
import { Background } from '../background.js';
import { EscrowContract } from '../escrow/escrow-contract.entity.js';
import { Chain } from '../transactions/chain.js';
import { OutgoingTransaction } from '../transactions/outgoing-transaction.entity.js';
import { ChainCursor, FollowedBlock } from './chain-cursor.entity.js';

/**
 * After the chain's database fails over to a lagging standby, blocks processed here may have disappeared from the
 * chain, with others at their heights.
 */
@Injectable()
export class ReplacedBlocks {
  private readonly logger = new Logger(ReplacedBlocks.name);

  constructor(
    @InjectRepository(ChainCursor, 'wallet') private readonly cursors: Repository<ChainCursor>,
    @InjectRepository(FollowedBlock, 'wallet') private readonly followed: Repository<FollowedBlock>,
    @InjectRepository(OutgoingTransaction, 'wallet') private readonly outgoing: Repository<OutgoingTransaction>,
    @InjectRepository(EscrowContract, 'wallet') private readonly contracts: Repository<EscrowContract>,
    private readonly chain: Chain,
    private readonly background: Background,
  ) {}

  /**
   * Rewinds to the last block that the chain still has. Transactions signed here and included after it are submitted
   * again; the ledger shows the difference as unexplained with the next block that touches the account.
   * @param number of a block known to be replaced
   */
  async forget(number: number): Promise<void> {
    const last = await this.lastInCommon(number);
    await this.background.transaction(async () => {
      const cursor = await this.cursors.findOneBy({ chain: ChainCursor.MAIN });
      if (!cursor || cursor.blockNumber <= last) return;
      const lost = await this.outgoing.findBy({
        blockNumber: MoreThan(last),
        status: In(['confirmed', 'reverted']),
      });
      for (const transaction of lost) transaction.reopened();
      if (lost.length > 0) await this.outgoing.save(lost);
      await this.contracts.update({ blockNumber: MoreThan(last) }, { status: 'deploying', blockNumber: null });
      await this.followed.delete({ number: MoreThan(last) });
      await this.cursors.save({ ...cursor, blockNumber: last });
      this.logger.error(
        `The chain no longer has the blocks ${last + 1} to ${cursor.blockNumber} that were taken in here: goes on from block ${last}; transactions offered again: ${lost.length}`,
      );
    });
  }

  private async lastInCommon(number: number): Promise<number> {
    const known = await this.followed.find({
      where: { number: LessThanOrEqual(number) },
      order: { number: 'DESC' },
    });
    for (const { number: at, hash } of known) if ((await this.chain.effects(at, [])).hash === hash) return at;
    return Math.max(0, (known.at(-1)?.number ?? 1) - 1);
  }
}
