import { Audited } from '@aitbc/platform';

/** Somebody's account was changed, by an operator or by its user: roles, lock, sessions, credentials. */
export class GatewayAudited extends Audited {}
