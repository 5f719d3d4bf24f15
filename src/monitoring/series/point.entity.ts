import { instant } from '@aitbc/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One series over the interval that begins at `at`; see `Measure`. */
@Entity('monitoring_points')
export class Point {
  /** Length of the interval in seconds. */
  @PrimaryColumn({ type: 'integer' }) resolution: number;
  @PrimaryColumn({ type: 'varchar', length: 64 }) series: string;
  @PrimaryColumn({ type: 'bigint', transformer: instant }) at: Date;
  @Column({ type: 'double precision' }) lowest: number;
  @Column({ type: 'double precision' }) highest: number;
  @Column({ type: 'double precision' }) total: number;
  @Column({ type: 'double precision' }) weight: number;
}
