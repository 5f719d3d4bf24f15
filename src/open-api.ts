import type { OpenApiOptions } from '@aitbc/platform';

/** The groups of operations, in the order in which a newcomer needs them. */
const TAGS = [
  { name: 'auth', description: 'Accounts and sessions: what all else begins with.' },
  { name: 'account', description: 'Your own account: how much of everything you may have.' },
  { name: 'wallet', description: 'Wallets on the chain: keys in custody, transfers, and the ledger of what moved.' },
  { name: 'marketplace', description: 'Offers of GPUs, and bookings whose price lies in escrow.' },
  { name: 'jobs', description: 'Programs that run on booked GPUs, their results and their signed receipts.' },
  { name: 'agents', description: 'The daemons beside the GPUs: their registration and the protocol they speak.' },
  { name: 'events', description: 'What happens, as it happens: server-sent events.' },
  { name: 'blockchain', description: 'The chain that holds the money: an explorer, and JSON-RPC for Ethereum tools.' },
  { name: 'admin', description: 'For operators: overview, users, disputes, jobs, traces, alerts and dead letters.' },
  { name: 'flags', description: 'For operators: feature flags.' },
];

/** The OpenAPI description of the whole application; only where the gateway is hosted. */
export async function openApiOptions({ version, url }: { version: string; url: string }): Promise<OpenApiOptions> {
  const { describeApi } = await import('./gateway/http/describe-api.js');
  return {
    title: 'AITBC',
    version,
    description: 'A marketplace for AI compute: offers, bookings with escrow on a chain, jobs with signed receipts.',
    url,
    license: 'MIT',
    tags: TAGS,
    describe: describeApi,
  };
}
