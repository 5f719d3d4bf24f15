import { Audited } from '@aitbc/platform';

/** An operator cancelled or requeued a job. */
export class AgentsAudited extends Audited {}
