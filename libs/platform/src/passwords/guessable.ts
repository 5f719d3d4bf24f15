import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';

/** More than 10^10 guesses: infeasible online, and expensive against a stolen argon2id hash. */
const LEAST_SCORE = 4;
/**
 * The estimator's run time grows much faster than the length. A password with a strong part is strong, so long ones are
 * judged by their beginning and, if that is weak, by their end.
 */
const WINDOW = 24;
/** The limit of letters replaced by digits: each doubles the work. */
const MOST_SUBSTITUTIONS = 3;
const MOST_WORDS_ABOUT = 8;

let estimator: ZxcvbnFactory | undefined;

/**
 * Whether a password is among the first that an attacker would try.
 * @param about words that an attacker knows about the owner, such as parts of the email
 */
export function isGuessable(password: string, about: readonly string[]): boolean {
  const known = about.slice(0, MOST_WORDS_ABOUT).map((word) => word.slice(0, WINDOW));
  const unit = repeatedPartOf(password);
  const windows = [unit.slice(0, WINDOW), ...(unit.length > WINDOW ? [unit.slice(-WINDOW)] : [])];
  return windows.every((window) => theEstimator().check(window, known).score < LEAST_SCORE);
}

/** The repeated unit of a password, or the password itself: repetition adds no strength. */
function repeatedPartOf(password: string): string {
  return password.slice(0, `${password}${password}`.indexOf(password, 1));
}

/** Loading takes half a second and 70 MB: done once, on first use. */
function theEstimator(): ZxcvbnFactory {
  return (estimator ??= new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    maxLength: WINDOW,
    l33tMaxSubstitutions: MOST_SUBSTITUTIONS,
  }));
}
