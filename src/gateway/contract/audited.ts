import { Audited } from '@aitbc/platform';

/** An account was changed by an operator or its user: roles, lock, sessions, credentials. */
export class GatewayAudited extends Audited {}
