import { Readiness } from '@aitbc/platform';
import { ChainReads } from './chain-reads.js';
import { ChainProcess } from '../testing/start-chain.js';

describe('the readiness of a process that hosts the chain', () => {
  let chain: ChainProcess;
  beforeAll(async () => {
    chain = await ChainProcess.start();
  });
  afterAll(() => chain?.close());

  const check = async () =>
    (await chain.app.get(Readiness, { strict: false }).report()).checks.find(({ name }) => name === 'blockchain.reads');

  it('includes that accounts can be read', async () => {
    expect(await check()).toMatchObject({ ok: true, detail: expect.stringMatching(/state \d+ \(0 wait\)/) });
  });

  it('is not given while reads hang', async () => {
    const hanging = vi.spyOn(chain.app.get(ChainReads, { strict: false }), 'read');
    hanging.mockReturnValue(new Promise<never>(() => undefined));
    expect(await check()).toMatchObject({ ok: false, detail: 'no answer within 2000 ms' });
    hanging.mockRestore();
  });
});
