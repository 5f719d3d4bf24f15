import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last block that this module has processed. */
@Entity('wallet_cursors')
export class ChainCursor {
  static readonly MAIN = 'main';

  @PrimaryColumn({ type: 'varchar', length: 16 }) chain: string;
  @Column({ name: 'block_number', type: 'integer' }) blockNumber: number;
}

/** The hash of a processed block, to detect its replacement. The newest are kept. */
@Entity('wallet_followed_blocks')
export class FollowedBlock {
  @PrimaryColumn({ type: 'integer' }) number: number;
  @Column({ type: 'varchar', length: 66 }) hash: string;
}
