import { Readiness } from '@aitbc/platform';
import { Injectable, type OnModuleInit, Optional } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetBlockchainSummary } from '../contract/index.js';

/** Three heartbeats without a block: the sealer has stopped, and no work that needs the chain will complete. */
const STALLED_AFTER_SECONDS = 180;

/** Makes the process report not ready while the chain is stalled. */
@Injectable()
export class WatchHeadAge implements OnModuleInit {
  constructor(
    private readonly queries: QueryBus,
    @Optional() private readonly readiness?: Readiness,
  ) {}

  onModuleInit(): void {
    this.readiness?.add('blockchain.head', async () => {
      const { headNumber, headAgeSeconds } = await this.queries.execute(GetBlockchainSummary.of({}));
      return { ok: headAgeSeconds < STALLED_AFTER_SECONDS, detail: `block ${headNumber}, ${headAgeSeconds} s old` };
    });
  }
}
