import { Readiness } from '@aitbc/platform';
import { Injectable, type OnModuleInit, Optional } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetBlockchainSummary } from '../contract/index.js';

/** Three heartbeats without a block: whoever seals has stopped, and nothing that needs the chain will come to its end. */
const STALLED_AFTER_SECONDS = 180;

/** Lets the process say that it is not ready while the chain stands still. */
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
