import { runInRequest } from '@aitbc/modulith';
import { type Client, ProviderEvents } from '@openfeature/server-sdk';
import { Test } from '@nestjs/testing';
import { switchFlag } from '../testing/switch-flag.js';
import { FixedClock } from '../time/clock.js';
import { FlagProvider } from './flag-provider.js';
import { type FlagClient, FLAGS } from './flag-client.js';
import { FlagsModule } from './flags.module.js';

async function startFlags() {
  const clock = new FixedClock();
  const provider = new FlagProvider(clock);
  const module = await Test.createTestingModule({ imports: [FlagsModule.forRoot(provider)] }).compile();
  module.enableShutdownHooks([]);
  await module.init();
  const client = module.get<Client>(FLAGS);
  return { clock, provider, client, flags: client as FlagClient, close: () => module.close() };
}

describe('the flags of an application', () => {
  let app: Awaited<ReturnType<typeof startFlags>>;
  beforeEach(async () => {
    app = await startFlags();
  });
  afterEach(() => app.close());

  it('are the code’s defaults until some are loaded', async () => {
    expect(await app.flags.getBooleanDetails('registration-open', true)).toMatchObject({
      value: true,
      reason: 'DEFAULT',
    });
    expect(await app.client.getStringDetails('undeclared', 'red')).toMatchObject({
      value: 'red',
      errorCode: 'FLAG_NOT_FOUND',
    });
  });

  it('are those loaded last, with what decided', async () => {
    app.provider.replace([switchFlag('registration-open', { enabled: false, version: 4 })], 4);
    expect(await app.flags.getBooleanDetails('registration-open', true)).toMatchObject({
      value: false,
      variant: 'off',
      reason: 'DISABLED',
      flagMetadata: { version: 4, cause: 'kill_switch' },
    });
  });

  it('of every kind are served as what they are, and the code’s default for another kind', async () => {
    const kind = (value: unknown, name: 'string' | 'number' | 'object') =>
      switchFlag(name, { kind: name, variants: { it: value as string }, offVariant: 'it', defaultVariant: 'it' });
    app.provider.replace([kind('red', 'string'), kind(7, 'number'), kind({ a: [1] }, 'object')], 1);
    expect(await app.client.getStringValue('string', '')).toBe('red');
    expect(await app.client.getNumberValue('number', 0)).toBe(7);
    expect(await app.client.getObjectValue('object', {})).toEqual({ a: [1] });
    expect(await app.client.getStringDetails('number', 'none')).toMatchObject({
      value: 'none',
      errorCode: 'TYPE_MISMATCH',
    });
  });

  it('are asked for the caller of the current message, unless the code says otherwise', async () => {
    app.provider.replace([switchFlag('faucet-enabled', { allow: ['ada'], allowVariant: 'on' })], 1);
    const asked = (subject: string, context?: object) =>
      runInRequest({ principal: { subject, roles: ['user'], scopes: [] } }, () =>
        app.flags.getBooleanValue('faucet-enabled', false, context as never),
      );
    expect(await asked('ada')).toBe(true);
    expect(await asked('bob')).toBe(false);
    expect(await asked('bob', { targetingKey: 'ada' })).toBe(true);
    expect(await app.flags.getBooleanValue('faucet-enabled', true)).toBe(false);
  });

  it('say when they change, grow stale and are fresh again', async () => {
    const heard: unknown[] = [];
    for (const event of [ProviderEvents.ConfigurationChanged, ProviderEvents.Stale]) {
      app.client.addHandler(event, (details) => heard.push([event, details?.flagsChanged ?? details?.message]));
    }
    app.provider.replace([switchFlag('a'), switchFlag('b')], 2);
    app.provider.replace([switchFlag('a'), switchFlag('b', { version: 2 })], 3);
    app.provider.replace([switchFlag('b', { version: 2 })], 4);
    app.provider.fail('monitoring is away');
    app.provider.fail('monitoring is away still');
    expect(app.client.providerStatus).toBe('STALE');
    expect(app.provider.problem).toBe('monitoring is away still');
    expect(await app.client.getBooleanValue('b' as never, true)).toBe(false);
    app.provider.confirm(4);
    expect(app.client.providerStatus).toBe('READY');
    expect(heard).toEqual([
      [ProviderEvents.ConfigurationChanged, ['a', 'b']],
      [ProviderEvents.ConfigurationChanged, ['b']],
      [ProviderEvents.ConfigurationChanged, ['a']],
      [ProviderEvents.Stale, 'monitoring is away'],
    ]);
  });

  it('are apart from those of another application in the same process, before and after its end', async () => {
    const other = await startFlags();
    other.provider.replace([switchFlag('registration-open')], 1);
    expect(await other.flags.getBooleanValue('registration-open', true)).toBe(false);
    expect(await app.flags.getBooleanValue('registration-open', true)).toBe(true);
    app.provider.replace([switchFlag('registration-open')], 1);
    await other.close();
    expect(await app.flags.getBooleanValue('registration-open', true)).toBe(false);
    expect(await other.flags.getBooleanValue('registration-open', true)).toBe(true);
  });
});
