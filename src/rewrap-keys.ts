import { ContractRegistry, type DatabaseDefinition, dataSourceOptions, kernelTables } from '@aitbc/modulith';
import type { AppConfig, ModuleName, SealedColumn } from '@aitbc/platform';
import { resealColumn } from '@aitbc/platform';
import { DataSource } from 'typeorm';
import { modules } from './modules.js';

const databases: Readonly<Record<ModuleName, () => Promise<DatabaseDefinition>>> = {
  agents: async () => (await import('./agents/database.js')).agentsDatabase,
  blockchain: async () => (await import('./blockchain/database.js')).blockchainDatabase,
  gateway: async () => (await import('./gateway/database.js')).gatewayDatabase,
  marketplace: async () => (await import('./marketplace/database.js')).marketplaceDatabase,
  monitoring: async () => (await import('./monitoring/database.js')).monitoringDatabase,
  wallet: async () => (await import('./wallet/database.js')).walletDatabase,
};

/**
 * Re-encrypts the data of this process's modules under the current keys, so that the previous ones can be removed.
 * Idempotent, and safe while the system runs.
 * @returns a report, one line per column
 */
export async function rewrapKeys(config: AppConfig): Promise<{ report: string[]; isComplete: boolean }> {
  const report: string[] = [];
  let isComplete = true;
  for (const module of config.hosted) {
    const { database, columns } = await sealedOf(module, config);
    const source = await new DataSource(dataSourceOptions(database, config.databaseUrlOf(module))).initialize();
    try {
      for (const column of columns) {
        const { changed, unreadable } = await resealColumn(source, column);
        report.push(`${column.table}.${column.column}: ${changed} sealed again, ${unreadable} unreadable`);
        isComplete &&= unreadable === 0;
      }
    } finally {
      await source.destroy();
    }
  }
  return { report, isComplete };
}

async function sealedOf(
  module: ModuleName,
  config: AppConfig,
): Promise<{ database: DatabaseDefinition; columns: SealedColumn[] }> {
  const database = await databases[module]();
  const reseal = messagesOf(config);
  const { deadLetters, outbox } = kernelTables(module);
  const ofKernel = [
    { table: deadLetters, id: 'id', column: 'payload', reseal },
    { table: outbox, id: 'seq', column: 'payload', reseal },
  ];
  return { database, columns: [...(await ofModule(module, config, reseal)), ...ofKernel] };
}

async function ofModule(
  module: ModuleName,
  config: AppConfig,
  reseal: SealedColumn['reseal'],
): Promise<SealedColumn[]> {
  if (module === 'wallet') return (await import('./wallet/sealed-columns.js')).walletSealedColumns(config);
  if (module === 'gateway') return (await import('./gateway/sealed-columns.js')).gatewaySealedColumns(config);
  if (module === 'monitoring') return (await import('./monitoring/sealed-columns.js')).monitoringSealedColumns(reseal);
  return [];
}

/** Messages contain encrypted secrets: all keys decrypt, the current one encrypts. */
function messagesOf({ modulithSecrets: [used = '', ...accepted] }: AppConfig): SealedColumn['reseal'] {
  const contracts = modules.map(({ contract }) => contract);
  const current = new ContractRegistry(contracts, used).codec;
  const all = new ContractRegistry(contracts, used, accepted).codec;
  return (payload) => {
    if (!payload.includes('"$x":')) return undefined;
    try {
      current.decode(payload);
      return undefined;
    } catch {
      return current.encode(all.decode(payload));
    }
  };
}
