import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppConfig, InvalidConfig, MODULES, readDatabaseUrl } from './config.js';
import { generatedSecret } from './generated-secrets.js';

const HEX = 'ab'.repeat(32);

describe('the configuration', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'config-'))));
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const read = (environment: Record<string, string> = {}) => new AppConfig({ DATA_DIR: dataDir, ...environment });
  const problemsOf = (environment: Record<string, string>): readonly string[] => {
    try {
      read(environment);
      return [];
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidConfig);
      return (error as InvalidConfig).problems;
    }
  };

  it('when nothing is said, hosts all modules on one SQLite file with secrets of its own', () => {
    const config = read();
    expect(config.hosted).toEqual(MODULES);
    expect(config.databaseUrlOf('wallet')).toBe(`sqlite:${join(dataDir, 'aitbc.sqlite')}`);
    expect(config.platformKey).toMatch(/^[0-9a-f]{64}$/);
    expect(config.platformKey).not.toBe(config.faucetKey);
  });

  it('keeps its generated secrets, readable by their owner only, and shows the password once', () => {
    const first = read();
    const second = read();
    expect([second.jwtSecrets, second.platformKey]).toEqual([first.jwtSecrets, first.platformKey]);
    expect([first.adminPasswordIsNew, second.adminPasswordIsNew]).toEqual([true, false]);
    for (const file of readdirSync(join(dataDir, 'secrets'))) {
      expect(statSync(join(dataDir, 'secrets', file)).mode & 0o077).toBe(0);
    }
  });

  it.each([
    ['SMTP_URL', 'http://mail.example', /SMTP_URL must be a URL such as smtp:/],
    ['SMTP_URL', 'smtp:hush', /SMTP_URL must be a URL such as smtp:/],
    ['METRICS_TOKEN', 'hush', /METRICS_TOKEN must be at least 16 visible/],
    ['METRICS_TOKEN', 'hush with blanks in it', /METRICS_TOKEN must be at least 16 visible/],
    ['PUBLIC_URL', 'api.example.org', /PUBLIC_URL must be a URL such as https:/],
    ['TRUST_PROXY', 'true', /TRUST_PROXY must be addresses or networks of proxies/],
    ['TRUST_PROXY', '10.0.0.0/33', /TRUST_PROXY must be addresses or networks of proxies/],
    ['HOST', 'http://localhost', /HOST must be a host name or an address/],
    ['CORS_ORIGINS', 'https://console.example.org/', /the origin is "https:\/\/console.example.org"/],
    ['CORS_ORIGINS', 'console.example.org', /CORS_ORIGINS must be origins such as/],
    ['ADMIN_EMAIL', 'nobody', /ADMIN_EMAIL must be an e-mail address/],
    ['DATABASE_CONNECTIONS', '10', /DATABASE_CONNECTIONS must be a whole number from 24/],
    ['DATABSE_URL', 'postgres://db/x', /DATABSE_URL is no variable of this program: did you mean DATABASE_URL/],
    ['TRUST_PROXYS', '10.0.0.1', /did you mean TRUST_PROXY\?/],
    ['WALET_DATABASE_URL', 'postgres://db/x', /did you mean WALLET_DATABASE_URL/],
    ['DATABASE_URL', 'mysql://x', /DATABASE_URL: /],
  ])('when %s is %s, says what it should be, once', (name, value, problem) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems[0]).not.toContain('hush');
  });

  it('when nothing is said of alerts, they find this machine, send no e-mail and reach nothing inside', () => {
    const { publicUrl, smtpUrl, alertWebhookAllow } = read({ PORT: '3100' });
    expect({ publicUrl, smtpUrl, alertWebhookAllow }).toEqual({
      publicUrl: 'http://localhost:3100',
      smtpUrl: undefined,
      alertWebhookAllow: [],
    });
    expect(read({ PUBLIC_URL: 'https://api.example.org/' }).publicUrl).toBe('https://api.example.org');
  });

  it('takes an address in brackets, and leaves variables of other programs alone', () => {
    expect(read({ HOST: '[::1]' }).host).toBe('::1');
    expect(
      problemsOf({ PATH: '/bin', PWD: '/', HOME: '/', HOSTNAME: 'a', PORTAL: 'x', npm_config_cache: 'y' }),
    ).toEqual([]);
    expect(read({ TRUST_PROXY: 'loopback, 10.0.0.0/8, ::1' }).trustProxy).toEqual(['loopback', '10.0.0.0/8', '::1']);
  });

  it('stops for a long name with one wrong letter, warns of what is less sure, and of neither where both are set', () => {
    expect(problemsOf({ REDIS_URI: 'redis://r' })).toEqual([
      expect.stringContaining('set REDIS_URL too, if only to ""'),
    ]);
    expect(problemsOf({ REDIS_URI: 'redis://r', REDIS_URL: '' })).toEqual([]);

    expect(read({ HOSTS: 'a b', COLORS: '256', DATABASE_HURLS: 'x' }).warnings).toEqual([
      expect.stringMatching(/^HOSTS .* HOST\?$/),
      expect.stringMatching(/^COLORS .* COLOR\?$/),
      expect.stringMatching(/^DATABASE_HURLS .* DATABASE_URL\?$/),
    ]);
    expect(read({ HOSTS: 'a b', HOST: '::1' }).warnings).toEqual([]);
  });

  it('lets platforms set what they set', () => {
    // Kubernetes for services called redis, wallet and database; Heroku, Railway, Render, GitHub, GitLab and shells.
    const foreign = [
      'KUBERNETES_SERVICE_HOST',
      'REDIS_SERVICE_HOST',
      'REDIS_PORT',
      'REDIS_PORT_6379_TCP',
      'WALLET_PORT',
      'DATABASE_PORT',
      'DATABASE_SERVICE_PORT',
      'REDIS_TLS_URL',
      'HEROKU_POSTGRESQL_BLUE_URL',
      'DATABASE_PUBLIC_URL',
      'RAILWAY_PUBLIC_DOMAIN',
      'RENDER_EXTERNAL_URL',
      'GITHUB_SERVER_URL',
      'CI_SERVER_HOST',
      'LOGNAME',
      'COLORTERM',
      'COLUMNS',
      'HOSTTYPE',
      'NODE_VERSION',
      'NODE_PATH',
      'npm_node_execpath',
      'OTEL_EXPORTER_OTLP_HEADERS',
      'OTEL_SERVICE_NAME',
      'SMTP_HOST',
      'PGHOST',
    ];
    const environment = Object.fromEntries(foreign.map((name) => [name, 'x']));
    expect(problemsOf(environment)).toEqual([]);
    expect(read(environment).warnings).toEqual([]);
  });

  it('when the system chooses the port, its links lead there', () => {
    const config = read({ PORT: '0' });
    config.listensOn(41_234);
    expect(config.publicUrl).toBe('http://localhost:41234');
  });

  it('bounds the connections to Postgres of a process', () => {
    expect(read().databaseConnections).toBe(48);
    expect(read({ MODULES: 'wallet', REDIS_URL: 'redis://r', DATABASE_CONNECTIONS: '8' }).databaseConnections).toBe(8);
  });

  it('wants no token for the metrics unless one is given', () => {
    expect(read().metricsToken).toBeUndefined();
    expect(read({ METRICS_TOKEN: 'sixteen-letters!' }).metricsToken).toBe('sixteen-letters!');
  });

  it('lists every problem at once', () => {
    const problems = problemsOf({
      PORT: 'eighty',
      CHAIN_BLOCK_INTERVAL_MS: '10',
      LOG_LEVEL: 'loud',
      MODULES: 'wallet,bank',
      JWT_SECRET: 'short',
      WALLET_DATABASE_URL: 'mysql://x',
    });
    for (const name of [
      'PORT',
      'CHAIN_BLOCK_INTERVAL_MS',
      'LOG_LEVEL',
      'MODULES',
      'JWT_SECRET',
      'WALLET_DATABASE_URL',
    ]) {
      expect(problems.join('\n')).toContain(name);
    }
  });

  it('in production generates nothing and says what is missing', () => {
    const problems = problemsOf({ NODE_ENV: 'production' }).join('\n');
    for (const name of [
      'JWT_SECRET',
      'WALLET_MASTER_KEY',
      'PLATFORM_KEY',
      'CHAIN_VALIDATOR_KEY',
      'MODULITH_SECRET',
      'ADMIN_PASSWORD',
      'CHAIN_GENESIS',
    ]) {
      expect(problems).toContain(name);
    }
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('in production has no faucet', () => {
    const config = read({
      NODE_ENV: 'production',
      JWT_SECRET: HEX,
      WALLET_MASTER_KEY: HEX,
      PLATFORM_KEY: HEX,
      CHAIN_VALIDATOR_KEY: HEX,
      MODULITH_SECRET: HEX,
      ADMIN_PASSWORD: 'long enough for this',
      CHAIN_GENESIS: './genesis.json',
    });
    expect(config.faucetKey).toBe('');
    expect(config.parity).toBe('fast');
    expect(config.traceSampleRatio).toBe(0.1);
  });

  it('hosts any of the modules where Redis leads to the others', () => {
    const config = read({ MODULES: 'wallet, gateway', REDIS_URL: 'redis://127.0.0.1:6379/1' });
    expect(config.hosted).toEqual(['wallet', 'gateway']);
    expect([config.hosts('wallet'), config.hosts('agents')]).toEqual([true, false]);
    expect(config.redisUrl).toBe('redis://127.0.0.1:6379/1');
  });

  it('when modules are left out and no Redis leads to them, names both variables and the modules', () => {
    const problems = problemsOf({ MODULES: 'gateway,wallet' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/REDIS_URL.*MODULES.*blockchain, marketplace, agents, monitoring/);
  });

  it('needs no Redis for the whole system, and takes it all the same', () => {
    expect(read().redisUrl).toBeUndefined();
    expect(read({ REDIS_URL: 'rediss://user:hush@redis.example:6380' }).redisUrl).toContain('redis.example');
  });

  it.each(['127.0.0.1:6379', 'http://127.0.0.1:6379', 'redis://', 'redis:hush'])(
    'when REDIS_URL is %s, says what it should be, once, and does not repeat it',
    (url) => {
      const problems = problemsOf({ MODULES: 'wallet', REDIS_URL: url });
      expect(problems).toEqual(['REDIS_URL must be a URL such as redis://host:6379 or rediss://host:6379']);
    },
  );

  it('tells deployments apart by a colour, which is one word', () => {
    expect([read().color, read({ COLOR: 'blue-2' }).color]).toEqual(['default', 'blue-2']);
    expect(problemsOf({ COLOR: 'light blue' })).toEqual([expect.stringContaining('COLOR')]);
  });

  it('signs what processes say to each other, whatever they host', () => {
    const redis = { REDIS_URL: 'redis://127.0.0.1' };
    const secrets = MODULES.map((module) => read({ MODULES: module, ...redis }).modulithSecret);
    expect(new Set(secrets)).toEqual(new Set([expect.stringMatching(/^[0-9a-f]{64}$/)]));
    const inProduction = { NODE_ENV: 'production', MODULES: 'monitoring', ...redis };
    expect(problemsOf(inProduction)).toEqual([expect.stringContaining('MODULITH_SECRET')]);
  });

  it('keeps every trace, in production a tenth, and whatever is slow', () => {
    const { telemetry, traceSampleRatio, traceSlowMs, otlpEndpoint } = read();
    expect({ telemetry, traceSampleRatio, traceSlowMs, otlpEndpoint }).toEqual({
      telemetry: true,
      traceSampleRatio: 1,
      traceSlowMs: 1_000,
      otlpEndpoint: undefined,
    });
    const said = read({ TRACE_SAMPLE_RATIO: '0.25', TRACE_SLOW_MS: '300', TELEMETRY: 'off' });
    expect([said.traceSampleRatio, said.traceSlowMs, said.telemetry]).toEqual([0.25, 300, false]);
  });

  it.each(['1.5', '-0.1', 'half', '10%', '1e-3', 'NaN'])(
    'when TRACE_SAMPLE_RATIO is %s, says what it should be',
    (ratio) => {
      expect(problemsOf({ TRACE_SAMPLE_RATIO: ratio })).toEqual([
        `TRACE_SAMPLE_RATIO must be a number from 0 to 1, not "${ratio}"`,
      ]);
    },
  );

  it('when the receiver of traces is no URL, says so', () => {
    expect(problemsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' })).toEqual([
      'OTEL_EXPORTER_OTLP_ENDPOINT must be a URL such as http://host:4318',
    ]);
  });

  it('a module can have a database of its own', () => {
    const config = read({ DATABASE_URL: 'postgres://db/shared', WALLET_DATABASE_URL: 'postgres://db/wallet' });
    expect(config.databaseUrlOf('wallet')).toBe('postgres://db/wallet');
    expect(config.databaseUrlOf('agents')).toBe('postgres://db/shared');
  });

  it('a tool that wants the database only makes no secrets', () => {
    expect(readDatabaseUrl({ DATA_DIR: dataDir }, 'wallet')).toContain('aitbc.sqlite');
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('two that start at once agree on a secret', () => {
    const values = Array.from({ length: 20 }, () => generatedSecret(dataDir, 'shared').value);
    expect(new Set(values).size).toBe(1);
  });
});
