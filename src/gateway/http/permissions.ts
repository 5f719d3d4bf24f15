import type { Principal } from '@aitbc/modulith';
import type { RouteTemplate } from '@aitbc/platform';

/**
 * Who may call a route: any caller, a signed-in user, an operator (or administrator), an administrator, or an agent by
 * its token. The owning handler checks the ownership of the resource.
 */
export type Permission = 'public' | 'user' | 'operator' | 'admin' | 'agent';

export type Permissions = Readonly<Record<RouteTemplate, Permission | readonly Permission[]>>;

/**
 * Every route and who may call it; others are denied. The application does not start if a route is missing here or an
 * entry names an unknown route.
 */
export const permissions: Permissions = {
  'POST /v1/auth/register': 'public',
  'POST /v1/auth/register/confirm': 'public',
  'POST /v1/auth/login': 'public',
  'POST /v1/auth/refresh': 'public',
  // The holder of a refresh token may end its session even after the access token has expired.
  'POST /v1/auth/logout': 'public',
  'POST /v1/auth/password': 'user',
  'POST /v1/auth/password/forgot': 'public',
  'POST /v1/auth/password/reset': 'public',
  'POST /v1/auth/email/verification': 'user',
  'GET /v1/auth/api-keys': 'user',
  'POST /v1/auth/api-keys': 'user',
  'DELETE /v1/auth/api-keys/:id': 'user',
  'GET /v1/auth/second-factor': 'user',
  'POST /v1/auth/second-factor/totp': 'user',
  'POST /v1/auth/second-factor/totp/confirm': 'user',
  'POST /v1/auth/second-factor/totp/remove': 'user',
  'POST /v1/auth/second-factor/recovery-codes': 'user',
  'POST /v1/auth/passkeys/options': 'user',
  'POST /v1/auth/passkeys': 'user',
  'GET /v1/auth/passkeys': 'user',
  'PATCH /v1/auth/passkeys/:id': 'user',
  'DELETE /v1/auth/passkeys/:id': 'user',
  'POST /v1/auth/passkeys/login/options': 'public',
  'POST /v1/auth/passkeys/login': 'public',
  'POST /v1/auth/email/verify': 'public',
  'GET /v1/auth/me': 'user',
  'POST /v1/auth/me/delete': 'user',
  'GET /v1/auth/me/export': 'user',
  'GET /v1/limits': 'user',
  'GET /v1/auth/sessions': 'user',
  'DELETE /v1/auth/sessions/:id': 'user',

  'POST /v1/wallets': 'user',
  'GET /v1/wallets': 'user',
  'GET /v1/wallets/:id': 'user',
  'POST /v1/wallets/:id/unlock': 'user',
  'POST /v1/wallets/:id/lock': 'user',
  'POST /v1/wallets/:id/faucet': 'user',
  'POST /v1/wallets/:id/transfers': 'user',
  'GET /v1/wallets/:id/transfers': 'user',
  'GET /v1/wallets/:id/ledger': 'user',
  'GET /v1/wallets/:id/ledger.csv': 'user',

  'POST /v1/offers': 'user',
  'GET /v1/offers': 'user',
  'GET /v1/offers/:id': 'user',
  'PATCH /v1/offers/:id': 'user',
  'POST /v1/offers/:id/cancel': 'user',
  'POST /v1/offers/:id/bookings': 'user',
  'POST /v1/address-challenges': 'user',
  'GET /v1/bookings': 'user',
  'GET /v1/bookings/:id': 'user',
  'POST /v1/bookings/:id/cancel': 'user',
  'POST /v1/bookings/:id/refuse': 'user',
  'POST /v1/bookings/:id/complete': 'user',
  'POST /v1/bookings/:id/dispute': 'user',
  'GET /v1/admin/bookings': 'operator',
  'GET /v1/admin/bookings/:id': 'operator',
  'POST /v1/admin/bookings/:id/dispute': 'operator',
  'POST /v1/admin/bookings/:id/decision': 'operator',
  'GET /v1/admin/escrows': 'operator',

  'POST /v1/agents': 'user',
  'GET /v1/agents': 'user',
  'GET /v1/agents/me': 'agent',
  'GET /v1/agents/:id': 'user',
  'PATCH /v1/agents/:id': 'user',
  'DELETE /v1/agents/:id': 'user',
  'POST /v1/agents/:id/token': 'user',
  // The daemon sets its key once; only the owner can replace it.
  'PUT /v1/agents/:id/key': ['agent', 'user'],
  'POST /v1/agents/:id/heartbeat': 'agent',
  'POST /v1/agents/:id/jobs/next': 'agent',
  'POST /v1/jobs/:id/attempts/:n/result': 'agent',
  'POST /v1/jobs/:id/attempts/:n/failure': 'agent',
  'POST /v1/jobs': 'user',
  'GET /v1/jobs': 'user',
  'GET /v1/jobs/:id': 'user',
  'POST /v1/jobs/:id/cancel': 'user',
  'GET /v1/jobs/:id/result': 'user',
  'GET /v1/jobs/:id/receipt': 'user',
  'GET /v1/admin/agents': 'operator',
  'GET /v1/admin/agents/:id': 'operator',
  'GET /v1/admin/jobs': 'operator',
  'GET /v1/admin/jobs/:id': 'operator',
  'POST /v1/admin/jobs/:id/cancel': 'operator',
  'POST /v1/admin/jobs/:id/requeue': 'operator',

  // A chain is public by nature.
  'GET /v1/chain': 'public',
  'GET /v1/chain/blocks': 'public',
  'GET /v1/chain/blocks/:numberOrHash': 'public',
  'GET /v1/chain/transactions/:hash': 'public',
  'GET /v1/chain/accounts/:address': 'public',
  'POST /rpc': 'public',

  'GET /v1/events': 'user',
  'GET /v1/admin/events': 'operator',
  'GET /v1/admin/overview': 'operator',
  'GET /v1/admin/modules': 'operator',
  'PUT /v1/admin/modules/:name/canary': 'operator',
  'PUT /v1/admin/modules/:name/breaker': 'operator',
  'GET /v1/admin/outbox': 'operator',
  'GET /v1/admin/pending': 'operator',
  'GET /v1/admin/series': 'operator',
  'GET /v1/admin/series/:name': 'operator',
  'GET /v1/admin/service-levels': 'operator',
  'GET /v1/admin/traces': 'operator',
  'GET /v1/admin/traces/:id': 'operator',
  'GET /v1/admin/dead-letters': 'operator',
  'GET /v1/admin/dead-letters/:id': 'operator',
  'POST /v1/admin/dead-letters/replay': 'operator',
  'POST /v1/admin/dead-letters/:id/replay': 'operator',
  'DELETE /v1/admin/dead-letters/:id': 'operator',
  'GET /v1/admin/flags': 'operator',
  'POST /v1/admin/flags': 'operator',
  'GET /v1/admin/flags/:key': 'operator',
  'PATCH /v1/admin/flags/:key': 'operator',
  'POST /v1/admin/flags/:key/archive': 'operator',
  'POST /v1/admin/flags/:key/evaluation': 'operator',
  'GET /v1/admin/alert-rules': 'operator',
  'GET /v1/admin/alert-rules/:name': 'operator',
  'PUT /v1/admin/alert-rules/:name': 'operator',
  'DELETE /v1/admin/alert-rules/:name': 'operator',
  'GET /v1/admin/alerts': 'operator',
  'GET /v1/admin/alerts/:id': 'operator',
  'POST /v1/admin/alerts/:id/acknowledge': 'operator',
  'GET /v1/admin/silences': 'operator',
  'POST /v1/admin/silences': 'operator',
  'DELETE /v1/admin/silences/:id': 'operator',
  'GET /v1/admin/alert-channels': 'operator',
  // The destination of notifications decides who reads them, and makes this system call other machines.
  'PUT /v1/admin/alert-channels/:name': 'admin',
  'DELETE /v1/admin/alert-channels/:name': 'admin',
  'POST /v1/admin/alert-channels/:name/test': 'operator',

  'GET /v1/admin/users': 'operator',
  'GET /v1/admin/users/:id': 'operator',
  'PUT /v1/admin/users/:id/roles': 'admin',
  'POST /v1/admin/users/:id/lock': 'operator',
  'POST /v1/admin/users/:id/unlock': 'operator',
  'POST /v1/admin/users/:id/sign-out': 'operator',
  'POST /v1/admin/users/:id/second-factor/remove': 'operator',
  'GET /v1/admin/audit': 'operator',
  'GET /v1/admin/audit/head': 'operator',
  'GET /v1/admin/audit/export': 'operator',

  'GET /': 'public',
  'GET /health/live': 'public',
  'GET /health/ready': 'public',
  'GET /metrics': 'public',
  'GET /openapi.json': 'public',
  'GET /docs': 'public',
};

/** A route missing from the table has no permission; Swagger UI's assets share its page's permission. */
export function permissionOf(table: Permissions, route: RouteTemplate): Permission | readonly Permission[] {
  return table[route] ?? (isAssetOf(table, route) ? table['GET /docs']! : []);
}

function isAssetOf(table: Permissions, route: RouteTemplate): boolean {
  return route.startsWith('GET /docs/') && 'GET /docs' in table;
}

export function isPublic(permission: Permission | readonly Permission[]): boolean {
  return [permission].flat().includes('public');
}

/** Whether a route with this permission is open to the caller; administrators may do what operators may. */
export function admits(
  permission: Permission | readonly Permission[] | undefined,
  principal: Pick<Principal, 'roles' | 'scopes'> | undefined,
): boolean {
  return [permission ?? []].flat().some((each) => {
    if (each === 'public') return true;
    if (!principal) return false;
    if (each === 'agent') return principal.scopes.includes('agent');
    if (each === 'operator') return principal.roles.includes('operator') || principal.roles.includes('admin');
    return principal.roles.includes(each);
  });
}

export interface PermissionGaps {
  /** Routes of the application without a permission. */
  readonly missing: RouteTemplate[];
  /** Entries for routes that the application does not have. */
  readonly superfluous: RouteTemplate[];
}

/** Compares the table with the routes of an application. */
export function permissionGaps(table: Permissions, routes: ReadonlySet<RouteTemplate>): PermissionGaps {
  return {
    missing: [...routes].filter((route) => !(route in table) && !isAssetOf(table, route)),
    superfluous: (Object.keys(table) as RouteTemplate[]).filter((route) => !routes.has(route)),
  };
}
