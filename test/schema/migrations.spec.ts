import { defineDatabase } from '@aitbc/modulith';
import { kernelTables } from '@aitbc/modulith/outbox/kernel-tables.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { Column, Entity, type MigrationInterface, PrimaryColumn, type QueryRunner, Table } from 'typeorm';
import { loadDatabase, modulesWithDatabase } from '../boundaries/load-modules.js';
import { drift, migrateModule, tablesOf, withPlainDataSource } from './module-database.js';

for (const module of modulesWithDatabase) {
  describeEachDatabase(`the tables of ${module}`, (url, kind) => {
    const place = kind === 'postgres' ? `${module}.${module}_` : `${module}_`;

    it('are made from nothing, all under the prefix of the module', async () => {
      await migrateModule(await loadDatabase(module), url());
      const tables = await tablesOf(url());
      const expected = [...Object.values(kernelTables(module)), `${module}_migrations`];
      expect(tables).toEqual(expect.arrayContaining(expected.map((each) => place + each.slice(module.length + 1))));
      expect(tables.filter((each) => !each.startsWith(place))).toEqual([]);
    });

    it('are what the entities say', async () => {
      const database = await loadDatabase(module);
      await migrateModule(database, url());
      expect(await drift(database, url())).toEqual([]);
    });

    it('stay as they are when they are made again', async () => {
      const database = await loadDatabase(module);
      await migrateModule(database, url());
      const before = await tablesOf(url());
      await migrateModule(database, url());
      expect(await tablesOf(url())).toEqual(before);
    });

    it('are taken back one migration at a time, and made again', async () => {
      const database = await loadDatabase(module);
      await migrateModule(database, url());
      const before = await tablesOf(url());
      await withPlainDataSource(database, url(), async (dataSource) => {
        for (const _ of dataSource.migrations) await dataSource.undoLastMigration();
      });
      expect(await tablesOf(url())).toEqual([`${place}migrations`]);
      await migrateModule(database, url());
      expect(await tablesOf(url())).toEqual(before);
    });
  });
}

@Entity('shop_orders')
class Order {
  @PrimaryColumn({ type: 'varchar', length: 36 }) id: string;
  @Column({ type: 'integer' }) count: number;
}

class CreateOrders1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({ name: 'shop_orders', columns: [{ name: 'id', type: 'varchar', length: '36', isPrimary: true }] }),
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('shop_orders');
  }
}

describeEachDatabase('a table that lacks a column of its entity', (url) => {
  it('is found out', async () => {
    const shop = defineDatabase({ module: 'shop', entities: [Order], migrations: [CreateOrders1700000000001] });
    await migrateModule(shop, url());
    expect((await drift(shop, url())).join('\n')).toContain('"count"');
  });
});
