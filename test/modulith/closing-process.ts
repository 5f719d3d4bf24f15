import { dataSourceOptions, ModuleDataSource } from '@aitbc/modulith/unit-of-work/module-data-source.js';
import { isPassingFailure } from '@aitbc/modulith/unit-of-work/passing-failure.js';

/* Closes a database while one of its transactions is open, and says what became of both. */
const [url] = process.argv.slice(2);
const options = dataSourceOptions({ module: 'clinic', entities: [], migrations: [] }, url!);
const dataSource = await new ModuleDataSource('clinic', options).initialize();
const unit = dataSource.openUnit();
await unit.runner.query('CREATE TABLE public.clinic_left_open (id INTEGER)');
await dataSource.destroy();
const failure = await unit.runner.query('SELECT 1').catch((error: unknown) => error);
const outcome = await unit.commit([]).then(
  () => 'committed',
  () => 'refused',
);
process.stdout.write(`closed, ${outcome}, ${isPassingFailure(failure) ? 'to be tried again' : String(failure)}\n`);
