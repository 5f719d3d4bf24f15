import { defineDatabase } from '@aitbc/modulith';
import { StoredAuditHead, StoredAuditRecord } from './audit/audit-record.entity.js';
import { CreateAuditLog1764300000000 } from './migrations/1764300000000-create-audit-log.js';

export const monitoringDatabase = defineDatabase({
  module: 'monitoring',
  entities: [StoredAuditRecord, StoredAuditHead],
  migrations: [CreateAuditLog1764300000000],
});
