import type { SealedColumn } from '@aitbc/platform';

/** Columns stored in the same form as in messages, under `MODULITH_SECRET`. */
export function monitoringSealedColumns(reseal: SealedColumn['reseal']): SealedColumn[] {
  return [{ table: 'monitoring_alert_channels', id: 'name', column: 'access', reseal }];
}
