import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Up to which block this module has taken in what happened on the chain. */
@Entity('wallet_cursors')
export class ChainCursor {
  static readonly MAIN = 'main';

  @PrimaryColumn({ type: 'varchar', length: 16 }) chain: string;
  @Column({ name: 'block_number', type: 'integer' }) blockNumber: number;
}

/** A block that was taken in, by its hash: what another block has replaced is noticed. The newest are kept. */
@Entity('wallet_followed_blocks')
export class FollowedBlock {
  @PrimaryColumn({ type: 'integer' }) number: number;
  @Column({ type: 'varchar', length: 66 }) hash: string;
}
