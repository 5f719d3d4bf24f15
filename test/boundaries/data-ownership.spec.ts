import { defineDatabase } from '@aitbc/modulith';
import { Column, Entity, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { dataOwnershipViolations } from './data-ownership.js';
import { entityViolations } from './entity-tables.js';
import { loadDatabase, modulesWithDatabase } from './load-modules.js';
import { plantedTree } from './planted-tree.js';
import { repositoryTree, WHOLE_TREE_MS } from './source-tree.js';
import { tablesIn } from './sql-tables.js';

const CONTRACTS = {
  'src/wallet/contract/index.ts': '',
  'src/gateway/contract/index.ts': '',
  'src/gateway/users/user.entity.ts': `@Entity('gateway_users') export class User {}`,
  'src/gateway/migrations/1-create.ts': `export const sessions = new Table({ name: 'gateway_sessions', columns: [] });`,
};

const violationsIn = (text: string, path = 'src/wallet/transfers.ts') =>
  dataOwnershipViolations(plantedTree({ ...CONTRACTS, [path]: text }));

describe('data ownership', () => {
  it(
    'is kept by every module of this repository',
    () => {
      expect(dataOwnershipViolations(repositoryTree)).toEqual([]);
    },
    WHOLE_TREE_MS,
  );

  it.each(modulesWithDatabase)('is kept by the loaded entities of %s', async (module) => {
    expect(entityViolations(await loadDatabase(module))).toEqual([]);
  });

  it.each([
    ['an entity', `@Entity('wallet_transfers') export class Transfer {}`],
    [
      'an entity with options',
      `@Entity({ name: 'wallet_transfers', orderBy: { id: 'ASC' } }) export class Transfer {}`,
    ],
    ['a relation', `import { Wallet } from './wallet.entity.js'; class T { @ManyToOne(() => Wallet) wallet: Wallet; }`],
    ['a repository', `class Send { constructor(@InjectRepository(Transfer, 'wallet') readonly transfers: object) {} }`],
    ['SQL', 'const sql = `SELECT t.id FROM wallet_transfers t JOIN "wallet_wallets" w ON w.id = t.wallet_id`;'],
    ['SQL on its schema', 'const sql = `DELETE FROM wallet.wallet_transfers`;'],
    ['SQL with a name of its own', 'const sql = `WITH due AS (SELECT id FROM wallet_transfers) SELECT id FROM due`;'],
    ['SQL on an interpolated table', 'const sql = (table: string) => `SELECT id FROM ${table}`;'],
    [
      'a column that sounds like a table',
      `@Entity('wallet_links') class Link { @Column({ name: 'gateway_id' }) id: string; }`,
    ],
    ['prose', `const summary = 'Select a wallet from the list, or update gateway settings';`],
  ])('lets %s of its own through', (_, text) => {
    expect(violationsIn(text)).toEqual([]);
  });
});

describe('a planted use of foreign data is refused', () => {
  it.each([
    [
      'an entity on another module’s table',
      `@Entity('gateway_users') class Mine {}`,
      'gateway_users is no table of "wallet"',
    ],
    ['an entity without a table name', `@Entity() class Transfer {}`, 'an entity names its table'],
    ['an entity in a foreign schema', `@Entity('wallet_a', { schema: 'gateway' }) class A {}`, 'decides schema'],
    [
      'a join table of another module',
      `class T { @JoinTable({ name: 'gateway_links' }) users: object[]; }`,
      'gateway_links is no',
    ],
    [
      'a relation to another module',
      `import { User } from '../gateway/users/user.entity.js'; class T { @ManyToOne(() => User) user: User; }`,
      'a relation to User',
    ],
    ['a relation by name', `class T { @ManyToOne('User') user: object; }`, 'a relation names its class'],
    [
      'a repository of another module',
      `class S { constructor(@InjectRepository(User, 'gateway') readonly users: object) {} }`,
      'InjectRepository names',
    ],
    [
      'a repository of no data source',
      `class S { constructor(@InjectRepository(Transfer) readonly t: object) {} }`,
      'InjectRepository names',
    ],
    [
      'another module’s data source',
      `class S { constructor(@InjectDataSource('gateway') readonly data: object) {} }`,
      'InjectDataSource names',
    ],
    [
      'a join in SQL',
      'const sql = `SELECT 1 FROM wallet_transfers t LEFT JOIN gateway_users u ON u.id = t.user_id`;',
      'gateway_users',
    ],
    ['a list in SQL', 'const sql = `SELECT 1 FROM wallet_transfers t, gateway_users u`;', 'gateway_users'],
    ['another schema in SQL', 'const sql = `SELECT 1 FROM gateway.wallet_users`;', 'outside the schema'],
    ['a prefixed hole in SQL', 'const sql = (name: string) => `DELETE FROM gateway_${name}`;', 'gateway_'],
    ['SQL in small letters', `manager.query('update gateway_users set name = 1');`, 'gateway_users'],
    ['a table without a prefix', `const sql = 'INSERT INTO transfers (id) VALUES (1)';`, 'transfers is no table'],
    ['a join of the query builder', `search.leftJoin('gateway_users', 'u', 'u.id = t.userId');`, 'gateway_users'],
    ['a table name on its own', `const table = 'gateway_sessions';`, 'gateway_sessions is a table of "gateway"'],
    ['a table of another module’s kernel', `const table = 'gateway_outbox';`, 'gateway_outbox is a table of "gateway"'],
  ])('when it is %s', (_, text, expected) => {
    expect(violationsIn(text).join('\n')).toContain(expected);
  });

  it.each([
    ['creates a foreign table', `await queryRunner.createTable('gateway_b');`],
    ['drops a foreign table', `await queryRunner.dropTable('gateway_users');`],
    ['adds a column to a foreign table', `await queryRunner.addColumn('gateway_users', column);`],
    ['indexes a foreign table', `await queryRunner.createIndex('gateway_users', index);`],
    [
      'points a foreign key at a foreign table',
      `new TableForeignKey({ columnNames: ['a'], referencedTableName: 'gateway_users' });`,
    ],
    [
      'creates a foreign table in SQL',
      `await queryRunner.query('CREATE TABLE IF NOT EXISTS gateway_b (id text REFERENCES gateway_users(id))');`,
    ],
    [
      'indexes a foreign table in SQL',
      `await queryRunner.query('CREATE UNIQUE INDEX wallet_i ON gateway_users (id)');`,
    ],
  ])('when a migration %s', (_, text) => {
    expect(violationsIn(text, 'src/wallet/migrations/1-create.ts')).toContainEqual(
      expect.stringMatching(/^src\/wallet\/migrations\/1-create\.ts:1: gateway_\w+ is/),
    );
  });

  it('when a loaded entity lies in another module’s table or leads to another module’s entity', () => {
    @Entity('gateway_people')
    class Person {
      @PrimaryColumn({ type: 'integer' }) id: number;
    }
    @Entity('gateway_accounts')
    class Account {
      @PrimaryColumn({ type: 'integer' }) id: number;
      @Column({ type: 'integer' }) balance: number;
      @ManyToOne(() => Person) owner: Relation<Person>;
    }
    expect(entityViolations(defineDatabase({ module: 'wallet', entities: [Account], migrations: [] }))).toEqual([
      'wallet: Account is stored in gateway_accounts',
      'wallet: Account.owner leads to Person',
    ]);
  });
});

describe('the tables that SQL names', () => {
  it.each([
    ['SELECT * FROM a, b AS c, d WHERE x IN (SELECT y FROM e)', ['a', 'b', 'd', 'e']],
    ['INSERT INTO a (x) SELECT x FROM b ON CONFLICT (x) DO UPDATE SET x = 1', ['b', 'a']],
    ['UPDATE a SET x = 1 FROM b WHERE b.x = a.x', ['b', 'a']],
    ['SELECT x FROM a FOR UPDATE SKIP LOCKED', ['a']],
    ['SELECT x FROM generate_series(1, 2) AS s JOIN a ON TRUE', ['a']],
    ['SELECT x FROM a WHERE y IS DISTINCT FROM z', ['a']],
    [`SELECT 'copied FROM b' FROM a -- FROM c`, ['a']],
    ['WITH x AS (SELECT 1 FROM a), y (i) AS (SELECT 1 FROM x) SELECT * FROM y', ['a']],
    ['ALTER TABLE a ADD CONSTRAINT c FOREIGN KEY (x) REFERENCES b (x)', ['a', 'b']],
    ['DROP TABLE IF EXISTS "wallet"."a"', ['wallet.a']],
  ])('are found in %s', (sql, expected) => {
    expect(tablesIn(sql)).toEqual(expected);
  });
});
