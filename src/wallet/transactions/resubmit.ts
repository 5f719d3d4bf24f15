import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, Repository } from 'typeorm';
import { Background } from '../background.js';
import { Chain } from './chain.js';
import { nonceGaps } from './nonce.js';
import { OPEN_STATUSES, OutgoingTransaction } from './outgoing-transaction.entity.js';
import { SignAgain } from './sign-again.js';
import { Submission } from './submission.js';

const EVERY_MS = 2_000;
/** Longer than a block takes: an older open transaction may have been lost, and submitting it again is harmless. */
const QUIET_MS = 5_000;
const BATCH = 100;

/** Drives every signed transaction to its end: resubmits it until it is final, and fills nonce gaps before it. */
@Injectable()
export class Resubmit implements OnApplicationBootstrap {
  constructor(
    @InjectRepository(OutgoingTransaction, 'wallet') private readonly outgoing: Repository<OutgoingTransaction>,
    private readonly submission: Submission,
    private readonly signAgain: SignAgain,
    private readonly chain: Chain,
    private readonly background: Background,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every('resubmit-transactions', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    await this.signAgain.run();
    const { now } = this.background;
    const quiet = await this.outgoing.find({
      where: { status: In([...OPEN_STATUSES]), triedAt: LessThan(new Date(now.getTime() - QUIET_MS)) },
      order: { sender: 'ASC', nonce: 'ASC' },
      take: BATCH,
    });
    for (const sender of new Set(quiet.map((each) => each.sender))) await this.fillGaps(sender);
    for (const { id } of quiet) {
      const verdict = await this.submission.offer(id);
      await this.background.transaction(() => this.submission.record(id, verdict));
    }
  }

  /** A permanently failed transaction left a nonce gap: its filler closes the gap, so that later ones can proceed. */
  private async fillGaps(sender: string): Promise<void> {
    const { nonce: chain } = await this.chain.account(sender);
    const all = await this.outgoing.findBy({ sender, status: In([...OPEN_STATUSES, 'failed']) });
    const open = all.filter((each) => each.isOpen).map(({ nonce }) => nonce);
    for (const gap of nonceGaps({ chain, settled: -1, open })) {
      const failed = all.find((each) => !each.isOpen && each.nonce === gap);
      if (failed) await this.submission.fill(failed.filler);
    }
  }
}
