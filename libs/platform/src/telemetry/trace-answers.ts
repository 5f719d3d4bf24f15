import { Processes } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { type RecordedSpan, RecentTraces } from './recent-traces.js';

const FIND = 'traces.find';

/** The last spans of every process, put together. */
@Injectable()
export class TraceAnswers {
  constructor(
    private readonly processes: Processes,
    traces: RecentTraces,
  ) {
    processes.answer(FIND, async (traceId: string) => JSON.stringify(traces.find(traceId)));
  }

  /** The spans of a trace that are still kept, in the order of their start. */
  async find(traceId: string): Promise<readonly RecordedSpan[]> {
    const answers = await this.processes.askAll<string>(FIND, traceId);
    const spans = answers.flatMap(({ answer }) => (answer ? (JSON.parse(answer) as RecordedSpan[]) : []));
    // What began at the same instant: the one around the others first.
    return spans.toSorted((a, b) => a.startedAt - b.startedAt || b.durationMs - a.durationMs);
  }
}
