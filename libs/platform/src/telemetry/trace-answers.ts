import { Distribution, Processes } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { KeptSpanQueue, type KeptSpans } from './kept-spans.js';
import { byStart, type RecordedSpan } from './recorded-span.js';
import { RecentTraces } from './recent-traces.js';

const FIND = 'traces.find';
const FETCH = 'traces.fetch';
const KEPT = 'traces-kept';
/** The maximum per broadcast. */
const MAX_IDS = 1_000;

/** Combines the traces of all processes: their recent spans, and the spans to be stored. */
@Injectable()
export class TraceAnswers {
  constructor(
    private readonly processes: Processes,
    { connection }: Distribution,
    traces: RecentTraces,
  ) {
    processes.answer(FIND, async (traceId: string) => JSON.stringify(traces.find(traceId)));
    const queue = new KeptSpanQueue((traceId) => traces.isProblem(traceId), traces.sample, traces.counters);
    traces.addSink(queue.take);
    processes.answer(FETCH, async () => queue.fetch());
    if (!connection) return;
    // At most once: if the broadcast is lost, so are the other processes' spans of the trace.
    traces.onKept((ids) => {
      for (let at = 0; at < ids.length; at += MAX_IDS) {
        connection.link.publish(KEPT, JSON.stringify(ids.slice(at, at + MAX_IDS)));
      }
    });
    void connection.link.subscribe(KEPT, (ids) => traces.keep(JSON.parse(ids) as string[]));
  }

  /** The spans of a trace that any process still has in memory, in order of their start. */
  async find(traceId: string): Promise<readonly RecordedSpan[]> {
    const answers = await this.processes.askAll<string>(FIND, traceId);
    return answers
      .flatMap(({ process, answer }) => (answer ? from(process.id, JSON.parse(answer) as RecordedSpan[]) : []))
      .toSorted(byStart);
  }

  /** Takes the spans to be stored from all processes; each is returned once. */
  async fetch(): Promise<KeptSpans> {
    const answers = await this.processes.askAll<string>(FETCH);
    const parts = answers.flatMap(({ process, answer }) => {
      if (!answer) return [];
      const part = JSON.parse(answer) as KeptSpans;
      return [{ ...part, spans: from(process.id, part.spans) }];
    });
    return {
      spans: parts.flatMap(({ spans }) => spans),
      problems: parts.flatMap(({ problems }) => problems),
      more: parts.some(({ more }) => more),
    };
  }
}

const from = (process: string, spans: readonly RecordedSpan[]) => spans.map((span) => ({ ...span, process }));
