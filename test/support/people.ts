import type { Answer, Api } from './api.js';

/** Somebody with an account and a wallet. */
export interface Person {
  readonly api: Api;
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly wallet: { readonly id: string; readonly address: string };
}

export interface Offer {
  readonly id: string;
  readonly status: string;
  readonly pricePerHour: string;
  readonly providerId: string;
  readonly providerAddress: string;
}

export interface Booking {
  readonly id: string;
  readonly offerId: string;
  readonly status: string;
  readonly total: string;
  readonly failure: string | null;
  readonly clientAddress: string;
  readonly providerAddress: string;
  readonly jobsTried: number;
  readonly jobsCompleted: number;
  readonly escrow: {
    readonly address: string;
    readonly lockTransaction: string | null;
    readonly releaseTransaction: string | null;
  };
  readonly lock: { to: `0x${string}`; data: `0x${string}`; value: string; chainId: number } | null;
  readonly payout: { toProvider: string; toTreasury: string; toClient: string } | null;
}

export interface Job {
  readonly id: string;
  readonly status: string;
  readonly attempts: { number: number; agentId: string; status: string }[];
  readonly failure: { code: string; message: string } | null;
}

/** Opens an account with a wallet, unlocked for an hour. */
export async function enter(api: Api, name: string): Promise<Person> {
  const email = `${name}@example.org`;
  const password = `${name}: open, please!`;
  const { user, accessToken } = (await api.post('/v1/auth/register', { email, password })).as<{
    user: { id: string };
    accessToken: string;
  }>(201);
  const own = api.as(accessToken);
  const wallet = (await own.post('/v1/wallets', { name, password })).as<Person['wallet']>(201);
  (await own.post(`/v1/wallets/${wallet.id}/unlock`, { password, ttlSeconds: 3600 })).as(200);
  return { api: own, id: user.id, email, password, wallet };
}

/** Gives them 100 AIT from the faucet, and waits until they are there. */
export async function fund({ api, wallet }: Person): Promise<void> {
  (await api.post(`/v1/wallets/${wallet.id}/faucet`)).as(202);
  await api.until<{ balance: string }>(`/v1/wallets/${wallet.id}`, ({ balance }) => balance !== '0');
}

export async function balanceOf({ api, wallet }: Person): Promise<string> {
  return (await api.get(`/v1/wallets/${wallet.id}`)).as<{ balance: string }>(200).balance;
}

export async function offerGpu(provider: Person, pricePerHour = '2'): Promise<Offer> {
  const answer = await provider.api.post('/v1/offers', {
    gpuModel: 'A100',
    gpuMemoryGb: 80,
    gpuCount: 1,
    region: 'eu-central',
    pricePerHour,
    capabilities: ['wasm'],
    walletId: provider.wallet.id,
  });
  return answer.as<Offer>(201);
}

/** Books, whether an agent is online or not: many tests are the agent themselves. */
export function book({ api, wallet }: Person, offer: Offer, durationHours = 1): Promise<Answer> {
  return api.post(`/v1/offers/${offer.id}/bookings`, { walletId: wallet.id, durationHours, withoutAgent: true });
}

/** Books and waits until the money is locked. */
export async function bookFunded(client: Person, offer: Offer, durationHours = 1): Promise<Booking> {
  const { id } = (await book(client, offer, durationHours)).as<Booking>(202);
  return client.api.until<Booking>(`/v1/bookings/${id}`, ({ status }) => status === 'funded');
}

/** Waits until the escrow has paid out. */
export function settled(client: Person, bookingId: string): Promise<Booking> {
  return client.api.until<Booking>(`/v1/bookings/${bookingId}`, ({ payout }) => payout !== null);
}

export function submitWasm({ api }: Person, bookingId: string, module: string | Uint8Array, more: object = {}) {
  const text = typeof module === 'string' ? module : Buffer.from(module).toString('base64');
  return api.post('/v1/jobs', { bookingId, task: { kind: 'wasm', module: text }, ...more });
}

/** Waits until a job has ended, however. */
export function jobEnded({ api }: Person, jobId: string, timeoutMs?: number): Promise<Job> {
  const hasEnded = ({ status }: Job) => !['queued', 'assigned', 'running'].includes(status);
  return api.until<Job>(`/v1/jobs/${jobId}`, hasEnded, timeoutMs);
}

/** Registers an agent for offers of the provider's. */
export async function registerAgent(provider: Person, offerIds: string[]): Promise<{ id: string; token: string }> {
  const body = { name: 'rack 12', capabilities: ['wasm'], offerIds };
  const { agent, token } = (await provider.api.post('/v1/agents', body)).as<{ agent: { id: string }; token: string }>(
    201,
  );
  return { id: agent.id, token };
}
