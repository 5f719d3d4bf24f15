import { ModuleUnavailable } from '../contract/errors.js';
import { Unanswered } from '../transport/client.js';
import { Breakers } from './breakers.js';

describe('a circuit breaker', () => {
  const answer = () => Promise.resolve('here');
  const silence = () => Promise.reject(new Unanswered('deadline'));

  /** Silence until it opens by itself. */
  async function openedBySilence(): Promise<Breakers> {
    const breakers = new Breakers();
    for (let call = 0; call < 50; call++) await breakers.run('stock', silence).catch(() => undefined);
    expect(breakers.stateOf('stock')).toBe('open');
    return breakers;
  }

  it('that silence has opened lets calls through again when it is closed by hand', async () => {
    const breakers = await openedBySilence();
    await expect(breakers.run('stock', answer)).rejects.toThrow(ModuleUnavailable);
    breakers.close('stock');
    expect(breakers.stateOf('stock')).toBe('closed');
    expect(await breakers.run('stock', answer)).toBe('here');
  });

  it('that is isolated stays so however often it was, and is closed at once', async () => {
    const breakers = await openedBySilence();
    breakers.open('stock');
    breakers.open('stock');
    await expect(breakers.run('stock', answer)).rejects.toThrow(ModuleUnavailable);
    expect(breakers.stateOf('stock')).toBe('isolated');
    breakers.close('stock');
    expect(await breakers.run('stock', answer)).toBe('here');
  });

  it('of another module knows nothing of it', async () => {
    const breakers = await openedBySilence();
    expect(await breakers.run('shop', answer)).toBe('here');
  });
});
