import { setTimeout as pause } from 'node:timers/promises';
import { Answer, Api, type Request } from '../support/api.js';
import { NotAsDescribed } from '../support/described-answers.js';
import type { Told } from '../support/told.js';
import type { FrontDoor } from './front-door.js';
import { Journal, kindOf, Operation, type Outcome, outcomeOf, outcomeOfFailure } from './operation.js';
import type { Random } from './random.js';

/** After so long without a definite answer it complains: the system hangs. */
const PATIENCE_MS = 150_000;

/** Its client was told that nothing had been done, and asks no more. */
export class GivenUp extends Error {}

/** What all clients of a run have in common. */
export interface Company {
  readonly door: FrontDoor;
  readonly told: Told;
  readonly random: Random;
  /** Where everything is written down. */
  journal: Journal;
  /** The share of operations whose client gives up when it hears that nothing was done. */
  abandons: number;
  /** After so many milliseconds a client believes that no answer will come. */
  answerWithinMs: number;
}

/**
 * A client that knows its business: what was not answered, or certainly not executed, it asks again under the same
 * Idempotency-Key, at whichever gateway is ready, until it knows. It writes down what it asked and what it was told.
 */
export class CarefulApi extends Api {
  constructor(
    private readonly company: Company,
    private readonly sent: Readonly<Record<string, string>> = {},
  ) {
    super('', company.told, sent);
  }

  override with(headers: Readonly<Record<string, string>>): Api {
    return new CarefulApi(this.company, { ...this.sent, ...headers });
  }

  /** @throws GivenUp when nothing was done and this client leaves it at that; Error when no answer ever came */
  override async send(method: string, path: string, request: Request = {}): Promise<Answer> {
    const { journal, random, abandons } = this.company;
    const operation = this.begin(method, path, request);
    const mayGiveUp = random.happens(abandons);
    const headers = operation ? { ...request.headers, 'idempotency-key': operation.key } : request.headers;
    for (const end = Date.now() + PATIENCE_MS; ; await pause(random.between(100, 700))) {
      const { outcome, answer } = await this.attempt(method, path, { ...request, headers });
      journal.heard(outcome);
      operation?.tried(outcome);
      if (outcome.how === 'acknowledged' || outcome.how === 'refused') return answer!;
      if (operation && mayGiveUp && canBeAbandoned(operation)) {
        operation.abandon();
        throw new GivenUp(`${method} ${path}: ${outcome.code}`);
      }
      if (Date.now() > end) throw new Error(`${method} ${path} got no answer, at last ${outcome.code}.`);
    }
  }

  private begin(method: string, path: string, { body, headers }: Request): Operation | undefined {
    const kind = method === 'POST' ? kindOf(path) : undefined;
    if (!kind) return undefined;
    const given = headers?.['idempotency-key'];
    const before = given && this.company.journal.operations.find(({ key }) => key === given);
    if (before) return before;
    const operation = new Operation(kind, path, body as Readonly<Record<string, unknown>>);
    this.company.journal.operations.push(operation);
    return operation;
  }

  private async attempt(
    method: string,
    path: string,
    request: Request,
  ): Promise<{ outcome: Outcome; answer?: Answer }> {
    const { door, told, answerWithinMs } = this.company;
    const { url } = door;
    try {
      const answer = await inTime(answerWithinMs, new Api(url, told, this.sent).send(method, path, request));
      return { answer, outcome: outcomeOf(answer) };
    } catch (error) {
      if (error instanceof NotAsDescribed) throw error;
      const outcome = outcomeOfFailure(error);
      if (outcome.how === 'not executed') door.wasRefused(url);
      return { outcome };
    }
  }
}

/** Of what follows from it nobody else waits. */
const canBeAbandoned = (operation: Operation) =>
  ['book', 'job', 'transfer'].includes(operation.kind) && !operation.mayHaveBeenExecuted;

async function inTime<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const ending = new AbortController();
  const late = pause(milliseconds, undefined, { signal: ending.signal }).then(() => {
    throw Object.assign(new Error('No answer came.'), { name: 'TimeoutError' });
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    ending.abort();
  }
}
