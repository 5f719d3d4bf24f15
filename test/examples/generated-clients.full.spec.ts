import { onTestFinished } from 'vitest';
import { fund, offerGpu } from '../support/people.js';
import { System } from '../support/system.js';
import { GeneratedClients, GENERATORS } from './generated-clients.js';

describe('clients generated from docs/openapi.json', () => {
  let system: System;
  beforeAll(async () => void (system = await System.start()), 240_000);
  afterAll(() => system?.dispose());

  it('of three generators compile, and book a GPU', async () => {
    const clients = new GeneratedClients();
    onTestFinished(() => clients.remove());
    await clients.generate();
    await clients.compile();
    const [provider, client] = await Promise.all([system.person('lister'), system.person('booker')]);
    await fund(client);
    for (const name of Object.keys(GENERATORS)) {
      const { id: offerId } = await offerGpu(provider);
      const book = await clients.load(name);
      const order = { url: system.url, token: client.api.token, offerId, walletId: client.wallet.id };
      expect(await book(order), name).toMatchObject({ status: 'funded', total: '2' });
    }
  }, 240_000);
});
