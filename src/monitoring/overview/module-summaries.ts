import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetAgentsSummary } from '../../agents/contract/index.js';
import { GetBlockchainSummary } from '../../blockchain/contract/index.js';
import { GetGatewaySummary } from '../../gateway/contract/index.js';
import { GetMarketplaceSummary } from '../../marketplace/contract/index.js';
import { GetWalletSummary } from '../../wallet/contract/index.js';

export interface Summaries {
  readonly summaries: Record<string, Record<string, unknown>>;
  readonly unavailable: string[];
}

const ANSWER_WITHIN_MS = 3_000;

/** Queries each module's summary; a module that does not answer is named, and the others are shown. */
@Injectable()
export class ModuleSummaries {
  constructor(private readonly queries: QueryBus) {}

  async collect(): Promise<Summaries> {
    const questions = {
      blockchain: GetBlockchainSummary.of({}),
      wallet: GetWalletSummary.of({}),
      marketplace: GetMarketplaceSummary.of({}),
      agents: GetAgentsSummary.of({}),
      gateway: GetGatewaySummary.of({}),
    };
    const summaries: Record<string, Record<string, unknown>> = {};
    const unavailable: string[] = [];
    await Promise.all(
      Object.entries(questions).map(async ([name, question]) => {
        try {
          summaries[name] = { ...(await inTime(this.queries.execute<object, object>(question))) };
        } catch {
          unavailable.push(name);
        }
      }),
    );
    return { summaries, unavailable: unavailable.toSorted() };
  }
}

/** A hanging module must not delay the answers of the others. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ANSWER_WITHIN_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
