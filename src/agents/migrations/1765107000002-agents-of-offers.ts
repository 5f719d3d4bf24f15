import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

const id = (name: string) => ({ name, type: 'varchar', length: '36' });

const table = new Table({
  name: 'agents_offer_agents',
  columns: [
    { ...id('offer_id'), isPrimary: true },
    { ...id('agent_id'), isPrimary: true },
  ],
  indices: [{ name: 'agents_offer_agents_by_agent', columnNames: ['agent_id'] }],
});

/** Indexes agents by offer, so that a lookup does not read all agents. */
export class AgentsOfOffers1765107000002 implements MigrationInterface {
  name = 'AgentsOfOffers1765107000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(table);
    const agents = (await queryRunner.query('SELECT id, offer_ids FROM agents_agents')) as {
      id: string;
      offer_ids: string;
    }[];
    for (const agent of agents) {
      for (const offerId of JSON.parse(agent.offer_ids) as string[]) {
        await queryRunner.manager.insert('agents_offer_agents', { offerId, agentId: agent.id });
      }
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(table);
  }
}
