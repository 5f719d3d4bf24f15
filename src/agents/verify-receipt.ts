import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { checkReceipt } from './receipts/check-receipt.js';
import type { SignedReceipt } from './receipts/receipt.js';

const usage =
  'Usage: verify-receipt <receipt.json> [--platform <address>] [--agent-key <key>] [--result <result.json>]';

/** Verifies a receipt file offline, prints the signers, and fails with the reason if it was altered. */
async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { platform: { type: 'string' }, 'agent-key': { type: 'string' }, result: { type: 'string' } },
  });
  const [path] = positionals;
  if (!path || positionals.length > 1) throw new Error(usage);
  const file = await readJson(path);
  const result = values.result === undefined ? undefined : await readJson(values.result);
  const problems = await checkReceipt(file, {
    platformAddress: values.platform,
    agentPublicKey: values['agent-key'],
    result,
  });
  if (problems.length > 0) {
    console.error([`INVALID: ${path}`, ...problems].join('\n  '));
    return 1;
  }
  console.log(describe(file as SignedReceipt, result !== undefined));
  return 0;
}

async function readJson(path: string): Promise<unknown> {
  // Some editors prepend a byte order mark.
  const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

function describe({ receipt, agentPublicKey, platformAddress }: SignedReceipt, comparedResult: boolean): string {
  return [
    'VALID',
    `Agent ${receipt.agentId} signed with the Ed25519 key ${agentPublicKey}:`,
    `  job ${receipt.jobId} (${receipt.kind}) of booking ${receipt.bookingId}`,
    `  took ${receipt.units} ${receipt.unitType}s between ${receipt.startedAt} and ${receipt.finishedAt}`,
    `  for client ${receipt.client}, by provider ${receipt.provider}`,
    `  result ${receipt.resultHash}${comparedResult ? ', which is that of the result given' : ''}`,
    `Platform ${platformAddress} countersigned the receipt and the agent's signature.`,
  ].join('\n');
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
