import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformProcess } from '../topology/platform-process.js';
import { ApiClient } from './api-client.js';
import { runMainJob } from './main-job.js';

const ADMIN = { email: 'admin@example.org', password: 'a long admin password' };

/** Runs the main job on a throwaway database and prints each step; `--json` adds the outcome as the last line. */
async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'aitbc-demo-'));
  const started = Date.now();
  const say = (step: string, detail: string) => {
    const seconds = ((Date.now() - started) / 1_000).toFixed(1).padStart(5);
    process.stdout.write(`${seconds} s  ${step.padEnd(52)} ${detail}\n`);
  };
  const platform = await PlatformProcess.start({
    environment: {
      DATA_DIR: join(directory, 'data'),
      LOG_LEVEL: 'warn',
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
    },
  });
  try {
    say('One process hosts all six modules', platform.url);
    const outcome = await runMainJob(platform, directory, say);
    const spans = await countSpans(platform.url, outcome.traceId);
    say('One trace shows it all', `${outcome.traceId}, ${spans} spans`);
    process.stdout.write(`\n${JSON.stringify(outcome.receipt, null, 2)}\n\n`);
    process.stdout.write(outcome.receiptValid ? 'The receipt is valid.\n' : 'The receipt is NOT valid.\n');
    if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(outcome)}\n`);
    if (!outcome.receiptValid) process.exitCode = 1;
  } finally {
    await platform.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function countSpans(url: string, traceId: string): Promise<number> {
  const api = new ApiClient(url);
  const { accessToken } = await api.post<{ accessToken: string }>('/v1/auth/login', ADMIN);
  const trace = await api.as(accessToken).get<{ spans: unknown[] }>(`/v1/admin/traces/${traceId}`);
  return trace.spans.length;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = 1;
}
