import { Readiness } from '@aitbc/platform';
import { Injectable, type OnModuleInit, Optional } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetAccount } from '../contract/index.js';
import { ChainReads } from './chain-reads.js';

const ANY_ACCOUNT = '0x0000000000000000000000000000000000000000';

/** Makes the process report not ready while accounts cannot be read: nothing that moves money works then. */
@Injectable()
export class WatchReads implements OnModuleInit {
  constructor(
    private readonly queries: QueryBus,
    private readonly reads: ChainReads,
    @Optional() private readonly readiness?: Readiness,
  ) {}

  onModuleInit(): void {
    this.readiness?.add('blockchain.reads', async () => {
      await this.queries.execute(GetAccount.of({ address: ANY_ACCOUNT }));
      const load = this.reads.load().map(({ lane, waiting, running }) => `${lane} ${running} (${waiting} wait)`);
      return { ok: true, detail: `under way: ${load.join(', ')}` };
    });
  }
}
