import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDatabaseUrl } from '@aitbc/modulith';
import { MIN_PASSWORD } from '../passwords/sound-password.js';
import { generatedSecret } from './generated-secrets.js';
import { findMisspelt } from './misspelt.js';

/** Two for writes and two for reads: a unit of work may need a read besides its own connection. */
const LEAST_CONNECTIONS_OF_A_MODULE = 4;
const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

export const MODULES = ['blockchain', 'wallet', 'marketplace', 'agents', 'gateway', 'monitoring'] as const;
export type ModuleName = (typeof MODULES)[number];

/** The version in package.json, which is in a parent directory of both the sources and the build. */
const packageVersion = findPackageVersion(dirname(fileURLToPath(import.meta.url)));

function findPackageVersion(directory: string): string {
  try {
    return (JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { version: string }).version;
  } catch {
    const parent = dirname(directory);
    return parent === directory ? '0.0.0' : findPackageVersion(parent);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Rate limits, per minute unless stated otherwise. */
export interface RateLimits {
  /** Requests per minute per user or API key. */
  readonly perUser: number;
  /** Requests per minute per address without a user. */
  readonly perAddress: number;
  /** Registrations and logins per minute per address. */
  readonly perAddressLogin: number;
  /** The total weight of a caller's JSON-RPC calls per minute. */
  readonly rpcPoints: number;
}

/** Variables were invalid: the message names each. */
export class InvalidConfig extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((each) => `  - ${each}`).join('\n')}`);
    this.name = 'InvalidConfig';
  }
}

/** The configuration: read once from the environment, validated, typed. README.md documents every variable. */
export class AppConfig {
  readonly version = packageVersion;
  /** Warnings for the operator at start-up, as sentences. */
  readonly warnings: readonly string[];
  readonly nodeEnv: string;
  readonly isProduction: boolean;
  readonly hosted: readonly ModuleName[];
  readonly port: number;
  readonly host: string;
  /** Distinguishes parallel deployments, such as `blue` and `green`. */
  readonly color: string;
  /** The Redis that connects the processes of the system; absent: this process is the whole system. */
  readonly redisUrl?: string;
  /** Milliseconds between reporting "not ready" and closing, on SIGTERM. */
  readonly shutdownDelayMs: number;
  readonly dataDir: string;
  private readonly databaseUrls: ReadonlyMap<string, string>;
  /** The limit of this process's Postgres connections, over all modules. */
  readonly databaseConnections: number;
  /** Path of a genesis file; absent: the built-in one with a funded faucet and platform account. */
  readonly chainGenesis?: string;
  readonly chainBlockIntervalMs: number;
  /** 32 bytes in hex, like all keys here. Empty if no module hosted here needs it. */
  readonly chainValidatorKey: string;
  readonly platformKey: string;
  readonly faucetKey: string;
  /** The accepted secrets: the first is used, the others support rotation. Empty if not needed. */
  readonly walletMasterKeys: readonly string[];
  readonly jwtSecrets: readonly string[];
  readonly modulithSecrets: readonly string[];
  readonly parity: 'strict' | 'fast';
  readonly adminEmail: string;
  readonly adminPassword: string;
  /** Whether this start generated the password, which is then shown once. */
  readonly adminPasswordIsNew: boolean;
  /** Whether operators and administrators need a second factor to sign in. */
  readonly operatorsNeedSecondFactor: boolean;
  readonly corsOrigins: readonly string[];
  /** Origins whose pages may call the chain's JSON-RPC. */
  readonly rpcCorsOrigins: readonly string[];
  /** Addresses or networks of proxies whose `X-Forwarded-For` is trusted. */
  readonly trustProxy: string[];
  readonly rateLimits: RateLimits;
  readonly logLevel: string;
  /** Whether to create traces and measure durations at all. */
  readonly telemetry: boolean;
  readonly otlpEndpoint?: string;
  /** The bearer token required for `/metrics`; absent: public. Never logged. */
  readonly metricsToken?: string;
  private readonly givenUrl?: string;
  private listeningPort: number;
  /** The SMTP server, including its password: never logged. */
  readonly smtpUrl?: string;
  readonly smtpFrom: string;
  /** Internal hosts that webhooks may reach, as `host` or `host:port`. */
  readonly alertWebhookAllow: readonly string[];
  /** The share of traces without problems that is kept, from 0 to 1. */
  readonly traceSampleRatio: number;
  /** Requests that take at least this many milliseconds are also kept. */
  readonly traceSlowMs: number;

  /** @throws InvalidConfig listing every problem. */
  constructor(environment: Environment) {
    const read = new Reader(environment);
    this.nodeEnv = read.oneOf('NODE_ENV', ['production', 'development', 'test'], 'development');
    this.isProduction = this.nodeEnv === 'production';
    this.hosted = read.modules('MODULES');
    this.port = read.integer('PORT', 3000, 0, 65_535);
    this.host = read.host('HOST', '0.0.0.0');
    this.color = read.label('COLOR', 'default');
    this.redisUrl = read.url('REDIS_URL', ['redis', 'rediss'], 'redis://host:6379 or rediss://host:6379');
    // Orchestrators need a moment to notice that this process accepts no more requests.
    this.shutdownDelayMs = read.integer('SHUTDOWN_DELAY_MS', this.isProduction ? 5_000 : 0, 0, 60_000);
    this.dataDir = read.dataDir();
    this.databaseUrls = new Map(MODULES.map((module) => [module, read.databaseOf(module)]));
    this.databaseConnections = read.integer(
      'DATABASE_CONNECTIONS',
      48,
      this.hosted.length * LEAST_CONNECTIONS_OF_A_MODULE,
      10_000,
    );
    this.chainGenesis = read.optional('CHAIN_GENESIS');
    this.chainBlockIntervalMs = read.integer('CHAIN_BLOCK_INTERVAL_MS', 1_000, 1_000, 3_600_000);
    this.parity = read.oneOf('MODULITH_PARITY', ['strict', 'fast'], this.isProduction ? 'fast' : 'strict');
    const secondFactor = read.oneOf(
      'OPERATOR_SECOND_FACTOR',
      ['required', 'optional'],
      this.isProduction ? 'required' : 'optional',
    );
    this.operatorsNeedSecondFactor = secondFactor === 'required';
    this.corsOrigins = read.origins('CORS_ORIGINS');
    // The chain is public and uses no cookies: a page learns only what its visitor could query anyway.
    this.rpcCorsOrigins = read.text('RPC_CORS_ORIGINS', '*') === 'none' ? [] : read.origins('RPC_CORS_ORIGINS', '*');
    this.trustProxy = read.networks('TRUST_PROXY');
    this.rateLimits = {
      perUser: read.integer('RATE_LIMIT_USER', 600, 1, 1_000_000),
      perAddress: read.integer('RATE_LIMIT_ADDRESS', 300, 1, 1_000_000),
      perAddressLogin: read.integer('RATE_LIMIT_LOGIN', 20, 1, 1_000_000),
      rpcPoints: read.integer('RATE_LIMIT_RPC', 6_000, 1, 1_000_000_000),
    };
    this.logLevel = read.oneOf('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info');
    this.givenUrl = read.url('PUBLIC_URL', ['http', 'https'], 'https://api.example.org')?.replace(/\/+$/, '');
    this.listeningPort = this.port;
    this.smtpUrl = read.url('SMTP_URL', ['smtp', 'smtps'], 'smtp://user:password@host:587 or smtps://host');
    this.smtpFrom = read.text('SMTP_FROM', 'AITBC <alerts@aitbc.local>');
    this.alertWebhookAllow = read.list('ALERT_WEBHOOK_ALLOW');
    this.telemetry = read.oneOf('TELEMETRY', ['on', 'off'], 'on') === 'on';
    this.metricsToken = read.token('METRICS_TOKEN');
    this.otlpEndpoint = read.url('OTEL_EXPORTER_OTLP_ENDPOINT', ['http', 'https'], 'http://host:4318');
    this.traceSampleRatio = read.ratio('TRACE_SAMPLE_RATIO', this.isProduction ? 0.1 : 1);
    this.traceSlowMs = read.integer('TRACE_SLOW_MS', 1_000, 1, 3_600_000);
    const secrets = new Secrets(read, this);
    this.modulithSecrets = secrets.rotating('MODULITH_SECRET', MODULES);
    this.jwtSecrets = secrets.rotating('JWT_SECRET', ['gateway']);
    this.walletMasterKeys = secrets.rotating('WALLET_MASTER_KEY', ['wallet']);
    // The built-in genesis funds these accounts, so outside production their keys are built in too.
    this.platformKey = secrets.key('PLATFORM_KEY', this.isProduction ? ['wallet'] : ['wallet', 'blockchain']);
    this.chainValidatorKey = secrets.key('CHAIN_VALIDATOR_KEY', ['blockchain']);
    this.faucetKey = this.isProduction ? '' : secrets.key('FAUCET_KEY', ['wallet', 'blockchain']);
    this.adminEmail = read.email('ADMIN_EMAIL', 'admin@aitbc.local');
    const password = secrets.password('ADMIN_PASSWORD', ['gateway']);
    this.adminPassword = password.value;
    this.adminPasswordIsNew = password.isNew;
    if (this.isProduction && this.hosts('blockchain') && !this.chainGenesis) {
      read.problems.push('CHAIN_GENESIS is required in production: the built-in genesis is for development');
    }
    const elsewhere = MODULES.filter((each) => !this.hosts(each));
    if (elsewhere.length > 0 && !read.optional('REDIS_URL')) {
      read.problems.push(
        `REDIS_URL is required where MODULES leaves out modules: ${elsewhere.join(', ')} can only be reached through Redis`,
      );
    }
    read.findMisspelt();
    read.finish();
    this.warnings = read.warnings;
  }

  /** The public base URL of the API, for users and alert receivers, without a trailing slash. */
  get publicUrl(): string {
    return this.givenUrl ?? `http://localhost:${this.listeningPort}`;
  }

  /** The port that the system chose if `PORT` is 0. */
  listensOn(port: number): void {
    this.listeningPort = port;
  }

  /** Signs the messages between the processes of the system. */
  get modulithSecret(): string {
    return this.modulithSecrets[0] ?? '';
  }

  hosts(module: ModuleName): boolean {
    return this.hosted.includes(module);
  }

  /** @throws RangeError if there is no such module. */
  databaseUrlOf(module: string): string {
    const url = this.databaseUrls.get(module);
    if (url === undefined) throw new RangeError(`There is no module "${module}".`);
    return url;
  }
}

/**
 * The database of one module, for tools that need nothing else: unlike {@link AppConfig} it generates no secrets.
 * @throws InvalidConfig
 */
export function readDatabaseUrl(environment: Environment, module: ModuleName): string {
  const read = new Reader(environment);
  const url = read.databaseOf(module);
  read.finish();
  return url;
}

/** Variables that other parts of the process read. */
const READ_ELSEWHERE = ['MODULE', 'NODE_OPTIONS'];

class Reader {
  private readonly found = new Set<string>();
  private readonly asked = new Set<string>(READ_ELSEWHERE);
  /** Deduplicated: several modules may share a problem. */
  readonly problems = { push: (problem: string) => void this.found.add(problem) };
  /** Suspicious settings that are not errors. */
  readonly warnings: string[] = [];

  constructor(private readonly environment: Environment) {}

  /** @throws InvalidConfig if there were problems */
  finish(): void {
    if (this.found.size > 0) throw new InvalidConfig([...this.found]);
  }

  /** Reports set but unread variables whose name resembles an unset one: they are probably misspelt. */
  findMisspelt(): void {
    for (const { name, meant, isSure } of findMisspelt(this.environment, this.asked)) {
      const question = `${name} is no variable of this program: did you mean ${meant}?`;
      if (isSure) this.problems.push(`${question} If it belongs to another program, set ${meant} too, if only to ""`);
      else this.warnings.push(question);
    }
  }

  /** A name or an address that Node can listen on, without a URL's brackets. */
  host(name: string, fallback: string): string {
    const text = this.text(name, fallback).replace(/^\[(.*)\]$/, '$1');
    if (isIP(text) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text)) return text;
    this.problems.push(`${name} must be a host name or an address such as 0.0.0.0 or ::1, not "${text}"`);
    return fallback;
  }

  /** Origins as browsers send them: scheme, host and port, and nothing else. */
  origins(name: string, fallback = ''): string[] {
    return this.list(name, fallback).map((each) => {
      const origin = URL.canParse(each) ? new URL(each).origin : 'null';
      if (each === '*' || each === origin) return each;
      this.problems.push(
        origin === 'null'
          ? `${name} must be origins such as https://console.example.org, not "${each}"`
          : `${name} names "${each}", which no browser sends: the origin is "${origin}"`,
      );
      return each;
    });
  }

  networks(name: string): string[] {
    return this.list(name).map((each) => {
      const [address = '', bits] = each.split('/');
      const most = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : -1;
      const isNetwork = most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
      if (isNetwork || NAMED_NETWORKS.includes(each)) return each;
      this.problems.push(
        `${name} must be addresses or networks of proxies such as 10.0.0.0/8, or ${NAMED_NETWORKS.join(', ')}, not "${each}"`,
      );
      return each;
    });
  }

  email(name: string, fallback: string): string {
    const text = this.text(name, fallback);
    if (/^[^\s@]+@[^\s@]+$/.test(text)) return text;
    this.problems.push(`${name} must be an e-mail address, not "${text}"`);
    return fallback;
  }

  optional(name: string): string | undefined {
    this.asked.add(name);
    return this.environment[name]?.trim() || undefined;
  }

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  label(name: string, fallback: string): string {
    const text = this.text(name, fallback);
    if (/^[a-z0-9][a-z0-9-]{0,31}$/i.test(text)) return text;
    this.problems.push(`${name} must be a word of at most 32 letters, digits and hyphens, not "${text}"`);
    return fallback;
  }

  /** The problem does not repeat the value: it may contain a password. */
  url(name: string, schemes: readonly string[], example: string): string | undefined {
    const text = this.optional(name);
    if (text === undefined) return undefined;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url?.host && schemes.includes(url.protocol.slice(0, -1))) return text;
    this.problems.push(`${name} must be a URL such as ${example}`);
    return undefined;
  }

  /** Limited to characters allowed in a header; the problem does not repeat the value. */
  token(name: string): string | undefined {
    const text = this.optional(name);
    if (text === undefined || /^[\x21-\x7e]{16,}$/.test(text)) return text;
    this.problems.push(`${name} must be at least 16 visible ASCII characters`);
    return undefined;
  }

  ratio(name: string, fallback: number): number {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    if (/^(0(\.\d+)?|\.\d+|1(\.0+)?)$/.test(text)) return Number(text);
    this.problems.push(`${name} must be a number from 0 to 1, not "${text}"`);
    return fallback;
  }

  list(name: string, fallback = ''): string[] {
    return this.text(name, fallback)
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '');
  }

  integer(name: string, fallback: number, least: number, most: number): number {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    this.problems.push(`${name} must be a whole number from ${least} to ${most}, not "${text}"`);
    return fallback;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    if ((allowed as readonly string[]).includes(text)) return text as T;
    this.problems.push(`${name} must be one of ${allowed.join(', ')}, not "${text}"`);
    return fallback;
  }

  modules(name: string): readonly ModuleName[] {
    const names = this.list(name);
    if (names.length === 0 || (names.length === 1 && names[0] === 'all')) return MODULES;
    for (const each of names) {
      if (!(MODULES as readonly string[]).includes(each)) {
        this.problems.push(`${name} names "${each}", which is no module: there are ${MODULES.join(', ')}`);
      }
    }
    return MODULES.filter((each) => names.includes(each));
  }

  dataDir(): string {
    return resolve(this.text('DATA_DIR', './data'));
  }

  databaseOf(module: ModuleName): string {
    const shared = this.database('DATABASE_URL', `sqlite:${join(this.dataDir(), 'aitbc.sqlite')}`);
    const own = `${module.toUpperCase()}_DATABASE_URL`;
    // Problems of the shared URL were reported under its own name.
    return this.optional(own) === undefined ? shared : this.database(own, shared);
  }

  private database(name: string, fallback: string): string {
    const url = this.text(name, fallback);
    try {
      parseDatabaseUrl(url);
    } catch (error) {
      this.problems.push(`${name}: ${(error as Error).message}`);
    }
    return url;
  }
}

/** Keys and passwords: configured or, outside production, generated into the data directory. */
class Secrets {
  constructor(
    private readonly read: Reader,
    private readonly config: { isProduction: boolean; hosted: readonly ModuleName[]; dataDir: string },
  ) {}

  key(name: string, neededBy: readonly ModuleName[]): string {
    return this.given(name) ?? this.generated(name, neededBy).value;
  }

  /**
   * A key that can be rotated while the system runs: the one in use, then `…_NEXT` and `…_PREVIOUS`, which are only
   * accepted.
   */
  rotating(name: string, neededBy: readonly ModuleName[]): readonly string[] {
    const others = [this.given(`${name}_NEXT`), this.given(`${name}_PREVIOUS`)];
    const used = this.key(name, neededBy);
    return [...new Set([used, ...others])].filter((each): each is string => each !== undefined && each !== '');
  }

  /** Undefined if not set. */
  private given(name: string): string | undefined {
    const text = this.read.optional(name);
    if (text === undefined) return undefined;
    if (/^(0x)?[0-9a-f]{64}$/i.test(text)) return text.replace(/^0x/i, '').toLowerCase();
    this.read.problems.push(`${name} must be 32 bytes in hex (64 digits)`);
    return '';
  }

  password(name: string, neededBy: readonly ModuleName[]): { value: string; isNew: boolean } {
    const given = this.read.optional(name);
    if (given === undefined) return this.generated(name, neededBy);
    // Its strength is checked where it is used.
    if (given.length < MIN_PASSWORD) this.read.problems.push(`${name} must have at least ${MIN_PASSWORD} characters`);
    return { value: given, isNew: false };
  }

  private generated(name: string, neededBy: readonly ModuleName[]): { value: string; isNew: boolean } {
    if (!neededBy.some((each) => this.config.hosted.includes(each))) return { value: '', isNew: false };
    if (this.config.isProduction) {
      this.read.problems.push(`${name} is required in production where ${neededBy.join(' or ')} is hosted`);
      return { value: '', isNew: false };
    }
    return generatedSecret(join(this.config.dataDir, 'secrets'), name.toLowerCase().replaceAll('_', '-'));
  }
}
