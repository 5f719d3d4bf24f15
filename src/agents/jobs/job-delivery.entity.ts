import { jsonColumn } from '@aitbc/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JobResultView } from '../contract/job-result.js';
import type { AgentSignedReceipt, Receipt } from '../receipts/receipt.js';

/** The result of a completed job as submitted by its agent, with the signed receipt. */
@Entity('agents_deliveries')
export class JobDelivery implements AgentSignedReceipt {
  @PrimaryColumn({ name: 'job_id', type: 'varchar', length: 36 }) jobId: string;
  @Column({ type: 'text', transformer: jsonColumn }) result: JobResultView;
  @Column({ type: 'text', transformer: jsonColumn }) receipt: Receipt;
  @Column({ name: 'agent_signature', type: 'varchar', length: 86 }) agentSignature: string;
  @Column({ name: 'agent_public_key', type: 'varchar', length: 43 }) agentPublicKey: string;
  /** Null for the moments until the platform has countersigned. */
  @Column({ name: 'platform_signature', type: 'varchar', length: 132, nullable: true }) platformSignature:
    string | null = null;
  @Column({ name: 'platform_address', type: 'varchar', length: 42, nullable: true }) platformAddress: string | null =
    null;
}
