import { Audited } from '@aitbc/platform';

/** An operator changed something of monitoring's own: a flag, an alert rule, a silence. */
export class MonitoringAudited extends Audited {}
