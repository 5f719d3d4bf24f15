import { once } from 'node:events';
import { ModuleDataSource } from '@aitbc/modulith/unit-of-work/module-data-source.js';
import { migrate } from '@aitbc/modulith/unit-of-work/migrate.js';
import dataSource from '../../ormconfig.js';

/* Brings one module's tables up to date as the application does at boot, as soon as it is told to. */
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const own = new ModuleDataSource(dataSource.options.name!, dataSource.options);
await own.initialize();
await migrate(own);
await own.destroy();
process.exit();
