/** A variable that is set but never read, and the one that was probably meant. */
export interface Misspelt {
  readonly name: string;
  readonly meant: string;
  /** Whether a typo is near certain: a process that ignored it would run on the wrong database, or without a limit. */
  readonly isSure: boolean;
}

/** Shorter names resemble common words: HOSTS, COLORS, PORTS. */
const LEAST_LETTERS_TO_BE_SURE = 8;
const LEAST_LETTERS = 4;

/**
 * Platforms set many variables of their own, so only one differing letter in a long name counts as an error; two
 * letters cause a warning.
 * @param asked the variables that the program reads
 */
export function findMisspelt(
  environment: Readonly<Record<string, string | undefined>>,
  asked: ReadonlySet<string>,
): Misspelt[] {
  const misspelt: Misspelt[] = [];
  for (const name of Object.keys(environment)) {
    if (asked.has(name) || name.length < LEAST_LETTERS) continue;
    const [nearest] = [...asked]
      .filter((meant) => Math.abs(name.length - meant.length) <= 2)
      .map((meant) => ({ meant, letters: distance(name.toUpperCase(), meant), isLong: isLong(meant) }))
      .filter(({ letters, isLong }) => letters <= (isLong ? 2 : 1))
      .toSorted((one, other) => one.letters - other.letters);
    // If the similar variable is set too, both names are known to the operator.
    if (!nearest || environment[nearest.meant] !== undefined) continue;
    misspelt.push({ name, meant: nearest.meant, isSure: nearest.isLong && nearest.letters <= 1 });
  }
  return misspelt;
}

const isLong = ({ length }: string) => length >= LEAST_LETTERS_TO_BE_SURE;

/** The edit distance between two texts: insertions, deletions, substitutions and swaps of adjacent letters. */
function distance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwap) row[j] = Math.min(row[j], rows[i - 2]![j - 2]! + 1);
    }
    rows.push(row);
  }
  return rows.at(-1)!.at(-1)!;
}
