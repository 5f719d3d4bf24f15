import { Entity, Index, PrimaryColumn } from 'typeorm';

/** An agent that takes the jobs of an offer. */
@Entity('agents_offer_agents')
@Index('agents_offer_agents_by_agent', ['agentId'])
export class OfferAgent {
  @PrimaryColumn({ name: 'offer_id', type: 'varchar', length: 36 }) offerId: string;
  @PrimaryColumn({ name: 'agent_id', type: 'varchar', length: 36 }) agentId: string;
}
