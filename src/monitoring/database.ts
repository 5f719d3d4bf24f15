import { defineDatabase } from '@aitbc/modulith';
import { AlertChannel } from './alerts/alert-channel.entity.js';
import { AlertRule } from './alerts/alert-rule.entity.js';
import { Alert } from './alerts/alert.entity.js';
import { Notification } from './alerts/notification.entity.js';
import { Silence } from './alerts/silence.entity.js';
import { StoredAuditHead, StoredAuditRecord } from './audit/audit-record.entity.js';
import { StoredFlag } from './flags/stored-flag.entity.js';
import { CreateFlags1764100000000 } from './migrations/1764100000000-create-flags.js';
import { CreatePoints1764200000000 } from './migrations/1764200000000-create-points.js';
import { CreateAuditLog1764300000000 } from './migrations/1764300000000-create-audit-log.js';
import { CreateFeed1764300000002 } from './migrations/1764300000002-create-feed.js';
import { CreateAlerts1764300000005 } from './migrations/1764300000005-create-alerts.js';
import { CreateTraces1764500000000 } from './migrations/1764500000000-create-traces.js';
import { Point } from './series/point.entity.js';
import { StoredSpan } from './traces/stored-span.entity.js';
import { StoredTrace } from './traces/stored-trace.entity.js';
import { TraceSubject } from './traces/trace-subject.entity.js';

export const monitoringDatabase = defineDatabase({
  module: 'monitoring',
  entities: [
    StoredFlag,
    StoredAuditRecord,
    StoredAuditHead,
    Point,
    AlertRule,
    Alert,
    Silence,
    AlertChannel,
    Notification,
    StoredTrace,
    StoredSpan,
    TraceSubject,
  ],
  migrations: [
    CreateFlags1764100000000,
    CreateAuditLog1764300000000,
    CreatePoints1764200000000,
    CreateAlerts1764300000005,
    CreateTraces1764500000000,
    CreateFeed1764300000002,
  ],
});
