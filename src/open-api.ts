import type { OpenApiOptions } from '@aitbc/platform';

/** How the API of the whole application is described; only where the gateway is hosted. */
export async function openApiOptions(version: string): Promise<OpenApiOptions> {
  const { describeApi } = await import('./gateway/http/describe-api.js');
  return {
    title: 'AITBC',
    version,
    description: 'A marketplace for AI compute: offers, bookings with escrow on a chain, jobs with signed receipts.',
    describe: describeApi,
  };
}
