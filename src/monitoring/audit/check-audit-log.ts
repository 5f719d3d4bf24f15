import { type AuditHead, type AuditRecord, BEGINNING, hashOf, lineOf } from './audit-record.js';

export interface AuditCheck {
  /** The problems found, as sentences; the first {@link MOST_PROBLEMS} at most. */
  readonly problems: readonly string[];
  /** The end of the log. */
  readonly head: AuditHead;
}

export const MOST_PROBLEMS = 20;

/**
 * Reads an exported log from its beginning and reports records that were changed, removed, inserted or moved and, given
 * a saved head, whether the log still contains it. Without a head, a truncated end or a fully rewritten log goes
 * undetected.
 */
export async function checkAuditLog(lines: AsyncIterable<string>, kept?: AuditHead): Promise<AuditCheck> {
  const problems: string[] = [];
  const report = (problem: string) => void (problems.length < MOST_PROBLEMS && problems.push(problem));
  let head = BEGINNING;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    const record = readRecord(line);
    if (!record) {
      report(`Line ${number} is not a record.`);
      continue;
    }
    for (const problem of problemsOf(record, head, line, number)) report(problem);
    if (kept?.sequence === record.sequence && kept.hash !== record.hash) {
      report(`Record ${record.sequence} is not the one that the head was taken of: the log was written anew.`);
    }
    // After a gap the rest is checked as it stands; an inserted record does not derail the check.
    if (record.sequence > head.sequence) head = { sequence: record.sequence, hash: record.hash };
  }
  if (kept && head.sequence < kept.sequence) {
    report(`The end is missing: ${recordsFrom(head.sequence + 1, kept.sequence)}.`);
  }
  return { problems, head };
}

function* problemsOf(record: AuditRecord, head: AuditHead, line: string, number: number): Generator<string> {
  const { sequence } = record;
  if (!isAsWritten(record, line)) yield `Record ${sequence} was changed.`;
  if (sequence <= head.sequence) {
    yield `Line ${number}: record ${sequence} stands where it does not belong, after record ${head.sequence}.`;
  } else if (sequence > head.sequence + 1) {
    yield `Missing: ${recordsFrom(head.sequence + 1, sequence - 1)}.`;
  } else if (record.previousHash !== head.hash) {
    yield sequence === 1
      ? 'Record 1 is not the beginning of a log.'
      : `Record ${sequence} does not follow record ${sequence - 1} as it stands here: one of them was replaced.`;
  }
}

function isAsWritten(record: AuditRecord, line: string): boolean {
  try {
    return lineOf(record) === line && hashOf(record) === record.hash;
  } catch {
    // JSON can express numbers that it cannot hold, such as 1e999: no record was ever written so.
    return false;
  }
}

function recordsFrom(first: number, last: number): string {
  return first === last ? `record ${first}` : `records ${first} to ${last}`;
}

/** Parses a line; undefined if it cannot be a record. */
function readRecord(line: string): AuditRecord | undefined {
  try {
    const value = JSON.parse(line) as AuditRecord | null;
    const isRecord = Number.isSafeInteger(value?.sequence) && value!.sequence > 0 && typeof value!.hash === 'string';
    return isRecord ? value! : undefined;
  } catch {
    return undefined;
  }
}

/** Splits text chunks into lines. Not readline, which also ends a line at U+2028, which JSON may contain. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  let isFirst = true;
  let empty = 0;
  // Artifacts of editors and other systems are no tampering: a byte order mark, CR before LF, trailing empty lines.
  const clean = (line: string) => {
    const text = (isFirst ? line.replace(/^\uFEFF/, '') : line).replace(/\r$/, '');
    isFirst = false;
    return text;
  };
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    for (const line of lines.map(clean)) {
      if (line === '') empty += 1;
      else {
        // Empty lines in the middle were inserted.
        for (; empty > 0; empty--) yield '';
        yield line;
      }
    }
  }
  const last = clean(rest);
  if (last === '') return;
  for (; empty > 0; empty--) yield '';
  yield last;
}
