import { type DeadLetter, DeadLetterNotFound, DeadLetters, DomainError } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ReplayDeadLetters, ReplayOutcomeView, ReplayReportView } from '../contract/index.js';
import { OperatorActs } from '../operator-acts.js';
import { cursorOf, positionOf } from './position.js';

const DEFAULT_LIMIT = 20;
/** No replay starts after this time: one can take 20 seconds, and the operator's request times out after 30. */
const BEGIN_WITHIN_MS = 8_000;

@CommandHandler(ReplayDeadLetters)
export class ReplayDeadLettersHandler implements ICommandHandler<ReplayDeadLetters> {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly acts: OperatorActs,
  ) {}

  async execute(asked: ReplayDeadLetters): Promise<ReplayReportView> {
    const { limit = DEFAULT_LIMIT, cursor, ...filter } = asked;
    const started = performance.now();
    // Waiting letters are replayed with the one that they wait for.
    const found = await this.deadLetters.list({
      filter: { ...filter, state: 'failed' },
      limit: limit + 1,
      after: positionOf(asked),
    });
    const letters: ReplayOutcomeView[] = [];
    for (const letter of found.slice(0, limit)) {
      if (performance.now() - started > BEGIN_WITHIN_MS) break;
      letters.push(await this.replay(letter));
    }
    const failed = letters.filter(({ errorCode }) => errorCode !== null).map(({ id }) => id);
    const after = { ...filter, replayed: letters.length - failed.length, failed };
    await this.acts.record({ resource: 'monitoring.dead_letters', action: 'replay', after });
    const last = found[letters.length - 1];
    const hasMore = letters.length < found.length;
    // If there was no time for any, the next call starts where this one did.
    const reached = last ? cursorOf(asked, last) : (cursor ?? null);
    return ReplayReportView.of({ letters, hasMore, nextCursor: hasMore ? reached : null });
  }

  private async replay({ id, module, handler, key }: DeadLetter): Promise<ReplayOutcomeView> {
    const outcome = (applied: number, errorCode: string | null) =>
      ReplayOutcomeView.of({ id, module, handler, key, applied, errorCode });
    try {
      return outcome(await this.deadLetters.replay(id), null);
    } catch (error) {
      // Already replayed with an earlier one.
      if (error instanceof DeadLetterNotFound) return outcome(0, null);
      return outcome(0, error instanceof DomainError ? error.code : 'internal_error');
    }
  }
}
