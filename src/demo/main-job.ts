import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { checkReceipt } from '../agents/receipts/check-receipt.js';
import { formatAmount, parseAmount } from '@aitbc/platform';
import { ApiClient } from './api-client.js';
import { startAgent } from '../topology/platform-process.js';
import type { RunningProcess } from '../topology/running-process.js';
import { primesModule } from './primes.js';

const PASSWORD = 'a long demo password';
const HOURS = 1;
const PRICE_PER_HOUR = '12.5';

/** The demo's outcome, which `--json` prints. */
export interface MainJobOutcome {
  readonly bookingId: string;
  readonly jobId: string;
  readonly result: unknown;
  readonly receipt: unknown;
  readonly receiptValid: boolean;
  readonly escrow: { readonly lockTransaction: string; readonly releaseTransaction: string };
  /** Decimal AIT. */
  readonly providerReceived: string;
  readonly traceId: string;
  readonly elapsedMs: number;
}

interface Party {
  readonly api: ApiClient;
  readonly walletId: string;
  readonly address: string;
}

interface Booking {
  readonly id: string;
  readonly status: string;
  readonly escrow: { readonly lockTransaction: string; readonly releaseTransaction: string };
}

export type Say = (step: string, detail: string) => void;

/** The main job with all its parties: list, book, lock, run, prove, pay. */
export async function runMainJob(platform: { url: string }, directory: string, say: Say): Promise<MainJobOutcome> {
  const started = Date.now();
  const traceId = randomBytes(16).toString('hex');
  const api = new ApiClient(platform.url, undefined, `00-${traceId}-${randomBytes(8).toString('hex')}-01`);
  const provider = await enter(api, 'provider');
  say('The provider has an account and a wallet', provider.address);
  const client = await enter(api, 'client');
  await client.api.post(`/v1/wallets/${client.walletId}/faucet`);
  await client.api.until<{ balance: string }>(`/v1/wallets/${client.walletId}`, (wallet) => wallet.balance !== '0');
  say('The client has an account and a wallet with 100 AIT', client.address);

  const offer = await provider.api.post<{ id: string }>('/v1/offers', {
    gpuModel: 'A100',
    gpuMemoryGb: 80,
    gpuCount: 1,
    region: 'eu-central',
    pricePerHour: PRICE_PER_HOUR,
    capabilities: ['wasm'],
    walletId: provider.walletId,
  });
  say('The provider offers a GPU', `A100, ${PRICE_PER_HOUR} AIT an hour`);
  const agent = await startProvidersAgent(platform, provider, offer.id, directory);
  say('The provider runs an agent beside it', 'a process of its own');
  try {
    await client.api.until<{ agentsOnline: number | null }>(
      `/v1/offers/${offer.id}`,
      ({ agentsOnline }) => agentsOnline === 1,
    );
    const before = await balanceOf(provider);
    const booking = await client.api.post<Booking>(`/v1/offers/${offer.id}/bookings`, {
      walletId: client.walletId,
      durationHours: HOURS,
    });
    say('The client books it', booking.id);
    const funded = await client.api.until<Booking>(
      `/v1/bookings/${booking.id}`,
      ({ status }) => status !== 'requested',
    );
    say('The escrow holds the price', funded.escrow.lockTransaction);
    const job = await submitJob(client, booking.id, agent, say);
    await client.api.post(`/v1/bookings/${booking.id}/complete`);
    const settled = await client.api.until<Booking>(`/v1/bookings/${booking.id}`, ({ status }) => status === 'settled');
    say('The client is content; the escrow pays', settled.escrow.releaseTransaction);
    const providerReceived = formatAmount((await balanceOf(provider)) - before);
    say('The provider received', `${providerReceived} AIT (${PRICE_PER_HOUR} less 2.5 %)`);
    const { lockTransaction, releaseTransaction } = settled.escrow;
    return {
      bookingId: booking.id,
      ...job,
      escrow: { lockTransaction, releaseTransaction },
      providerReceived,
      traceId,
      elapsedMs: Date.now() - started,
    };
  } finally {
    await agent.stop();
  }
}

async function enter(api: ApiClient, name: string): Promise<Party> {
  const { accessToken } = await api.post<{ accessToken: string }>('/v1/auth/register', {
    email: `${name}@example.org`,
    password: PASSWORD,
  });
  const own = api.as(accessToken);
  const wallet = await own.post<{ id: string; address: string }>('/v1/wallets', { name, password: PASSWORD });
  await own.post(`/v1/wallets/${wallet.id}/unlock`, { password: PASSWORD, ttlSeconds: 600 });
  return { api: own, walletId: wallet.id, address: wallet.address };
}

async function startProvidersAgent(platform: { url: string }, provider: Party, offerId: string, directory: string) {
  const { agent, token } = await provider.api.post<{ agent: { id: string }; token: string }>('/v1/agents', {
    name: 'demo-agent',
    capabilities: ['wasm'],
    offerIds: [offerId],
  });
  return startAgent(platform.url, token, join(directory, `agent-${agent.id}`));
}

async function submitJob(client: Party, bookingId: string, agent: RunningProcess, say: Say) {
  const { id } = await client.api.post<{ id: string }>('/v1/jobs', {
    bookingId,
    task: { kind: 'wasm', module: primesModule },
  });
  say('The client submits a job', `${id}: count the primes below 100000`);
  const job = await client.api.until<{ status: string }>(`/v1/jobs/${id}`, ({ status }) => {
    agent.assertRunning();
    return ['completed', 'failed', 'expired'].includes(status);
  });
  if (job.status !== 'completed') throw new Error(`The job ${job.status}: ${JSON.stringify(job)}`);
  const result = await client.api.get<{ stdout: string }>(`/v1/jobs/${id}/result`);
  say('The agent executed it', result.stdout.trim());
  const receipt = await client.api.get<object>(`/v1/jobs/${id}/receipt`);
  const problems = await checkReceipt(receipt, { result });
  say(
    'The receipt is signed by agent and platform',
    problems.length === 0 ? 'both signatures are valid' : problems.join(' '),
  );
  return { jobId: id, result, receipt, receiptValid: problems.length === 0 };
}

async function balanceOf({ api, walletId }: Party): Promise<bigint> {
  return parseAmount((await api.get<{ balance: string }>(`/v1/wallets/${walletId}`)).balance)!;
}
