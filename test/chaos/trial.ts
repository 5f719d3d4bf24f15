import { setTimeout as pause } from 'node:timers/promises';
import { audit } from '../support/audit.js';
import { CarefulApi, type Company } from './careful-api.js';
import { type Crowd, gather, signInAgain } from './clients.js';
import { compare } from './compare.js';
import { collectEvidence, deadLetters, untilQuiet } from './evidence.js';
import type { Fault } from './faults.js';
import { Load } from './load.js';
import { Journal } from './operation.js';
import type { Random } from './random.js';
import type { Stage } from './stage.js';

const QUIET_WITHIN_MS = 180_000;
/** The share of operations whose client gives up when it is told that nothing was done. */
const ABANDONED = 0.3;
/** The system answers everything within 30 s, if only to say that it does not know. */
const PATIENT_MS = 35_000;
/** Short enough that what is asked again meets what is still under way. */
const IMPATIENT_MS = 8_000;

/** What one fault did. */
export interface Result {
  readonly fault: string;
  readonly strikes: number;
  readonly seconds: number;
  readonly requests: number;
  readonly tried: number;
  readonly acknowledged: number;
  readonly refused: number;
  /** Given up by clients who had been told that nothing was done. */
  readonly abandoned: number;
  /** Failed requests, reads among them, by what their clients saw. */
  readonly failures: Readonly<Record<string, number>>;
  readonly lost: number;
  readonly twice: number;
  /** Done although their clients were told that they were not. */
  readonly denied: number;
  readonly unanswered: number;
  /** Seconds. */
  readonly longestWithoutSuccess: number;
  readonly slowestOperation: number;
  /** Everything that is not as it must be, as sentences; empty is what is wanted. */
  readonly problems: readonly string[];
}

/** Puts load on a system, does things to it, and sees afterwards whether everybody got what they were told. */
export class Trial {
  private wishes = 0;

  private constructor(
    readonly stage: Stage,
    private readonly company: Company,
    private readonly api: CarefulApi,
    private crowd: Crowd,
  ) {}

  static async prepare(stage: Stage, customers: number, random: Random): Promise<Trial> {
    const { door, system } = stage;
    const company: Company = {
      door,
      told: system.told,
      random,
      journal: new Journal(),
      abandons: 0,
      answerWithinMs: PATIENT_MS,
    };
    const api = new CarefulApi(company);
    return new Trial(stage, company, api, await gather(api, customers));
  }

  /** Strikes again and again at random moments while clients go on. */
  async run(faults: readonly Fault[], seconds: number): Promise<Result> {
    const { stage, company } = this;
    await this.begin();
    company.answerWithinMs = faults.some(({ isHarmless }) => isHarmless) ? PATIENT_MS : IMPATIENT_MS;
    const load = new Load(company, this.crowd, this.wishes);
    const from = Date.now();
    const strikes = await this.strikeUntil(faults, from + seconds * 1_000);
    const to = Date.now();
    this.wishes = await load.stop();
    Object.assign(company, { abandons: 0, answerWithinMs: PATIENT_MS });
    const { journal } = company;
    const restless = await untilQuiet(stage.system, QUIET_WITHIN_MS);
    const { lost, twice, denied, unanswered } = compare(journal, await collectEvidence(stage.system));
    const failed = [...journal.failures.values()].reduce((sum, each) => sum + each, 0);
    const harmed = failed > 0 && faults.every(({ isHarmless }) => isHarmless);
    const problems = [
      ...lost.map((each) => `lost: ${each}`),
      ...twice.map((each) => `twice: ${each}`),
      ...denied.map((each) => `denied: ${each}`),
      ...unanswered.map((each) => `unanswered: ${each}`),
      ...(harmed ? [`${failed} requests failed, and none should have`] : []),
      ...restless,
      ...stage.deaths.splice(0),
      ...journal.complaints,
      ...(await deadLetters(stage.system)),
      ...(await audit(stage.system)),
    ];
    return {
      fault: faults.map(({ name }) => name).join('+'),
      strikes,
      seconds: (to - from) / 1_000,
      requests: journal.requests,
      tried: journal.operations.length,
      acknowledged: journal.ended('acknowledged').length,
      refused: journal.ended('refused').length,
      abandoned: journal.ended('abandoned').length,
      failures: Object.fromEntries(journal.failures),
      lost: lost.length,
      twice: twice.length,
      denied: denied.length,
      unanswered: unanswered.length,
      longestWithoutSuccess: journal.longestSilence(from, to) / 1_000,
      slowestOperation: journal.slowest / 1_000,
      problems,
    };
  }

  private async begin(): Promise<void> {
    const { company, stage } = this;
    company.journal = new Journal();
    this.crowd = await signInAgain(this.api, this.crowd);
    // What was told during earlier faults has been compared.
    stage.system.told.transactions.clear();
    stage.system.told.bookings.clear();
    company.journal = new Journal();
    company.abandons = ABANDONED;
  }

  private async strikeUntil(faults: readonly Fault[], end: number): Promise<number> {
    const { stage, company } = this;
    for (let strikes = 0; ; strikes++) {
      await pause(company.random.between(1_000, 4_000));
      if (Date.now() > end && strikes >= faults.length) return strikes;
      await faults[strikes % faults.length]!.strike(stage, company.random);
    }
  }
}
