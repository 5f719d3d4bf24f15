import { DataSource } from 'typeorm';
import { NormaliseEmails1765105000001 } from '../migrations/1765105000001-normalise-emails.js';

describe('stored addresses', () => {
  let database: DataSource;
  beforeEach(async () => {
    database = await new DataSource({ type: 'sqlite', database: ':memory:' }).initialize();
    await database.query('CREATE TABLE gateway_users (id varchar(36), email varchar(254) UNIQUE)');
  });
  afterEach(() => database.destroy());

  it('are written in their normal form where it is free', async () => {
    const stored = {
      ascii: 'ada@example.org',
      own: 'ada@bücher.example',
      both: 'eve@bücher.example',
      taken: 'eve@xn--bcher-kva.example',
      broken: 'victim@evil.org@bücher.example',
    };
    for (const [id, email] of Object.entries(stored)) {
      await database.query('INSERT INTO gateway_users (id, email) VALUES (?, ?)', [id, email]);
    }
    await new NormaliseEmails1765105000001().up(database.createQueryRunner());
    const rows = (await database.query('SELECT id, email FROM gateway_users')) as { id: string; email: string }[];
    expect(Object.fromEntries(rows.map(({ id, email }) => [id, email]))).toEqual({
      ...stored,
      own: 'ada@xn--bcher-kva.example',
    });
  });
});
