import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { type AuditCheck, checkAuditLog, linesOf, MOST_PROBLEMS } from './audit/check-audit-log.js';
import type { AuditHead } from './audit/audit-record.js';

const usage = `Usage: verify-audit [<export.ndjson>] [--head <sequence>:<hash>]
Reads standard input when no file is given, or "-".
Exit codes: 0 the log is whole, 1 it was tampered with, 2 it could not be checked.`;

/** Verifies an exported audit log offline and reports changed, missing and inserted records. */
async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { head: { type: 'string' } } });
  if (positionals.length > 1) throw new Error(usage);
  const [path = '-'] = positionals;
  const input = path === '-' ? process.stdin.setEncoding('utf8') : createReadStream(path, 'utf8');
  const check = await checkAuditLog(
    linesOf(input as AsyncIterable<string>),
    values.head === undefined ? undefined : parseHead(values.head),
  );
  if (check.problems.length === 0) console.log(describe(check, values.head !== undefined));
  else console.error(complain(check));
  return check.problems.length === 0 ? 0 : 1;
}

function parseHead(text: string): AuditHead {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence === undefined || hash === undefined) throw new Error(usage);
  return { sequence: Number(sequence), hash };
}

function describe({ head }: AuditCheck, comparedHead: boolean): string {
  const end = `${head.sequence}:${head.hash}`;
  const reach = comparedHead
    ? 'It leads through the head given.'
    : 'Only a head that was kept elsewhere can show that the end is not missing (--head).';
  return `VALID: ${head.sequence} records\nHead ${end}\n${reach}`;
}

function complain({ problems }: AuditCheck): string {
  const more = problems.length === MOST_PROBLEMS ? ['…'] : [];
  return ['INVALID', ...problems, ...more].join('\n  ');
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
