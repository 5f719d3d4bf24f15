import { Audited } from '@aitbc/platform';

/** An operator changed monitoring's own data: a flag, an alert rule, a silence. */
export class MonitoringAudited extends Audited {}
