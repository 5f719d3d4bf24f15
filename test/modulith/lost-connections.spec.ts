import { temporaryPostgres } from '@aitbc/modulith/testing/temporary-databases.js';
import pg from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { dataSourceOptions, ModuleDataSource } from '../../libs/modulith/src/unit-of-work/module-data-source.js';

describe('when Postgres cuts a connection just as the pool has handed it out', () => {
  let database: Awaited<ReturnType<typeof temporaryPostgres>>;
  let dataSource: ModuleDataSource;

  beforeAll(async () => {
    database = await temporaryPostgres();
    const options = dataSourceOptions({ module: 'clinic', entities: [], migrations: [] }, database.url);
    dataSource = await new ModuleDataSource('clinic', options).initialize();
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.remove();
  });

  it.each(['master', 'reader'])('the process lives on, and the next statement finds another (%s)', async (which) => {
    const driver = dataSource.driver as PostgresDriver;
    const pool = (which === 'master' ? driver.master : driver.slaves[0]) as pg.Pool;
    const client = await pool.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    // What nobody listens to is thrown, where no test could catch it.
    const ended = new Promise((resolve) => client.once('end', () => resolve(undefined)));
    await terminate(database.url, rows[0]!.pid);
    await ended;
    await expect(client.query('SELECT 1')).rejects.toThrow();
    client.release(true);
    expect(await pool.query('SELECT 1 AS one')).toMatchObject({ rows: [{ one: 1 }] });
  });
});

async function terminate(url: string, pid: number): Promise<void> {
  const operator = new pg.Client({ connectionString: url });
  await operator.connect();
  await operator.query('SELECT pg_terminate_backend($1)', [pid]);
  await operator.end();
}
