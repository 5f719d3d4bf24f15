import { Audited } from '@aitbc/platform';

/** Somebody's account was changed by an operator: roles, lock, sessions. */
export class GatewayAudited extends Audited {}
