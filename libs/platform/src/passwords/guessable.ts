import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';

/** More than 10^10 guesses: out of reach online, and costly with a stolen hash of argon2id. */
const LEAST_SCORE = 4;
/**
 * The time to estimate grows much faster than the length. What is safe as part of a password is safe as the whole, so
 * long ones are judged by their beginning, and by their end when that is weak.
 */
const WINDOW = 24;
/** Of letters that digits stand for: each doubles the work. */
const MOST_SUBSTITUTIONS = 3;
const MOST_WORDS_ABOUT = 8;

let estimator: ZxcvbnFactory | undefined;

/**
 * Whether a password is among the first that an attacker tries.
 * @param about words that an attacker knows of the owner, such as the parts of the email
 */
export function isGuessable(password: string, about: readonly string[]): boolean {
  const known = about.slice(0, MOST_WORDS_ABOUT).map((word) => word.slice(0, WINDOW));
  const unit = repeatedPartOf(password);
  const windows = [unit.slice(0, WINDOW), ...(unit.length > WINDOW ? [unit.slice(-WINDOW)] : [])];
  return windows.every((window) => theEstimator().check(window, known).score < LEAST_SCORE);
}

/** What a password repeats; itself when it repeats nothing. Saying it again makes nothing safer. */
function repeatedPartOf(password: string): string {
  return password.slice(0, `${password}${password}`.indexOf(password, 1));
}

/** Takes half a second and 70 MB to load: once, and not before it is needed. */
function theEstimator(): ZxcvbnFactory {
  return (estimator ??= new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    maxLength: WINDOW,
    l33tMaxSubstitutions: MOST_SUBSTITUTIONS,
  }));
}
