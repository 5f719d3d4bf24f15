import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { CallerLeft } from '../contract/index.js';
import { ChainReads } from './chain-reads.js';

@EventsHandler(CallerLeft)
export class ForgetLeavers implements IEventHandler<CallerLeft> {
  constructor(private readonly reads: ChainReads) {}

  handle({ request, origin }: CallerLeft): void {
    this.reads.abandon(request, origin);
  }
}
