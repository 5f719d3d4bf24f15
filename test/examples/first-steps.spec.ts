import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { primesModule } from '../../src/demo/primes.js';
import { REPOSITORY } from '../boundaries/source-tree.js';
import { fund, offerGpu } from '../support/people.js';
import { System } from '../support/system.js';
import { GeneratedClients, GENERATORS } from './generated-clients.js';

describe('what a newcomer does first', () => {
  let system: System;
  beforeAll(async () => void (system = await System.start()), 240_000);
  afterAll(() => system?.dispose());

  it('examples/main-job.sh runs the main job from an account to a payment, and says so step by step', async () => {
    const { stdout } = await promisify(execFile)(join(REPOSITORY, 'examples', 'main-job.sh'), {
      env: { ...process.env, AITBC_API_URL: `${system.url}/` },
      timeout: 200_000,
    });
    expect(stdout.match(/^\d\. /gm)).toHaveLength(5);
    expect(stdout).toContain('9592 primes below 100000');
    expect(stdout).toMatch(/^settled\n1\.95$/m);
    expect(stdout).toMatch(/^1,[^,]+,internal,1\.95,1\.95,0x\w{40},0x\w{64},[\da-f-]{36},\d+$/m);
  }, 240_000);

  it('the clients of three generators compile, and book a GPU', async () => {
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

  it('examples brings the program that the demo runs', () => {
    const wasm = readFileSync(join(REPOSITORY, 'examples', 'primes.wasm'));
    expect(wasm.toString('base64')).toBe(primesModule);
  });
});
