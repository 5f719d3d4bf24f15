import { jsonColumn } from '@aitbc/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { WasmTask } from '../contract/tasks.js';

/** A job's input, up to megabytes: in a table of its own, so that lists and sweeps do not read it. */
@Entity('agents_tasks')
export class JobTask {
  @PrimaryColumn({ name: 'job_id', type: 'varchar', length: 36 }) jobId: string;
  @Column({ type: 'text', transformer: jsonColumn }) task: WasmTask;
}
