import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type DeploymentStatus = 'deploying' | 'ready' | 'failed';

/** A JobEscrow deployed by this platform. Bookings made with an older one settle there. */
@Entity('wallet_escrow_contracts')
@Index('wallet_escrow_contracts_by_version', ['version', 'status'])
export class EscrowContract {
  @PrimaryColumn({ type: 'varchar', length: 42 }) address: string;
  @Column({ type: 'integer' }) version: number;
  @Column({ name: 'chain_id', type: 'integer' }) chainId: number;
  @Column({ type: 'varchar', length: 42 }) arbiter: string;
  @Column({ type: 'varchar', length: 42 }) treasury: string;
  @Column({ name: 'fee_basis_points', type: 'integer' }) feeBasisPoints: number;
  @Column({ name: 'transaction_hash', type: 'varchar', length: 66 }) transactionHash: string;
  @Column({ type: 'varchar', length: 12 }) status: DeploymentStatus;
  @Column({ name: 'block_number', type: 'integer', nullable: true }) blockNumber: number | null;

  deployed(blockNumber: number, succeeded: boolean): void {
    this.status = succeeded ? 'ready' : 'failed';
    this.blockNumber = blockNumber;
  }
}
