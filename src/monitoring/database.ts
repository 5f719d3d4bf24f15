import { defineDatabase } from '@aitbc/modulith';
import { StoredAuditHead, StoredAuditRecord } from './audit/audit-record.entity.js';
import { StoredFlag } from './flags/stored-flag.entity.js';
import { CreateFlags1764100000000 } from './migrations/1764100000000-create-flags.js';
import { CreateAuditLog1764300000000 } from './migrations/1764300000000-create-audit-log.js';
import { CreateFeed1764300000002 } from './migrations/1764300000002-create-feed.js';
import { CreatePoints1764200000000 } from './migrations/1764200000000-create-points.js';
import { Point } from './series/point.entity.js';

export const monitoringDatabase = defineDatabase({
  module: 'monitoring',
  entities: [StoredFlag, StoredAuditRecord, StoredAuditHead, Point],
  migrations: [
    CreateFlags1764100000000,
    CreateAuditLog1764300000000,
    CreatePoints1764200000000,
    CreateFeed1764300000002,
  ],
});
