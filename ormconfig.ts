import { DataSource, type DataSourceOptions } from 'typeorm';
import { type DatabaseDefinition, dataSourceOptions, withKernelTables } from '@aitbc/modulith';
import { MODULES, readDatabaseUrl } from '@aitbc/platform';

/** A data source for TypeORM's command line, which expects the schema to be there. */
class CommandLineDataSource extends DataSource {
  override async initialize(): Promise<this> {
    await super.initialize();
    const { options } = this;
    if (options.type === 'postgres') await this.query(`CREATE SCHEMA IF NOT EXISTS "${options.schema}"`);
    return this;
  }
}

async function optionsFrom(environment: NodeJS.ProcessEnv): Promise<DataSourceOptions> {
  const module = MODULES.find((each) => each === environment['MODULE']);
  if (!module) throw new Error(`MODULE names the module whose database is meant: ${MODULES.join(', ')}.`);
  const definition = withKernelTables(await databaseOf(module));
  // A migration may take any time.
  return dataSourceOptions(definition, readDatabaseUrl(environment, module), { statementMs: 0 });
}

async function databaseOf(module: string): Promise<DatabaseDefinition> {
  const exports = (await import(`./src/${module}/database.js`)) as Record<string, DatabaseDefinition>;
  return exports[`${module}Database`]!;
}

/** The one database that TypeORM's command line takes: that of the module which `MODULE` names. */
export default new CommandLineDataSource(await optionsFrom(process.env));
