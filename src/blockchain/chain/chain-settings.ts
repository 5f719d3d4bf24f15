import { readFileSync } from 'node:fs';
import type { AppConfig } from '@aitbc/platform';
import type { DataSource } from 'typeorm';
import { privateKeyToAddress } from 'viem/accounts';
import { developmentGenesis, type Genesis, InvalidGenesis, parseGenesis } from '../engine/genesis.js';
import type { NodeSource } from '../engine/node-reader.js';

/** The chain settings of this process. */
export class ChainSettings {
  readonly genesis: Genesis;
  /** Hex; absent if this process has no validator key and only follows. */
  readonly validatorKey: string | undefined;
  readonly intervalMs: number;
  readonly source: NodeSource;

  constructor(config: AppConfig, dataSource: DataSource) {
    this.genesis = genesisOf(config);
    this.validatorKey = isValidator(config.chainValidatorKey, this.genesis) ? config.chainValidatorKey : undefined;
    this.intervalMs = config.chainBlockIntervalMs;
    this.source = sourceOf(dataSource);
  }
}

function isValidator(key: string, { validators }: Genesis): boolean {
  return key !== '' && validators.includes(privateKeyToAddress(`0x${key}`).toLowerCase());
}

/** @throws InvalidGenesis if the file is unreadable or invalid. */
function genesisOf(config: AppConfig): Genesis {
  if (config.chainGenesis !== undefined) return parseGenesis(readGenesis(config.chainGenesis));
  const [validator, platform, faucet] = [config.chainValidatorKey, config.platformKey, config.faucetKey].map((key) =>
    privateKeyToAddress(`0x${key}`),
  );
  return developmentGenesis(validator!, [platform!, faucet!]);
}

function readGenesis(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InvalidGenesis(`CHAIN_GENESIS: ${path} cannot be read (${(error as Error).message}).`);
  }
}

/** The engine's thread opens its own connection to the same database. */
function sourceOf({ options }: DataSource): NodeSource {
  if (options.type === 'sqlite') return { type: 'sqlite', path: options.database };
  if (options.type === 'postgres' && options.replication?.master.url !== undefined)
    return { type: 'postgres', url: options.replication.master.url };
  throw new Error(`The chain cannot be stored on ${options.type}.`);
}
