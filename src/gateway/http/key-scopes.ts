import type { Principal } from '@aitbc/modulith';
import type { RouteTemplate } from '@aitbc/platform';

const RESOURCE = /^(\w+) \/v1\/(wallets|offers|bookings|agents|jobs|events)(?:\/|$)/;
/** Creating a booking is routed under the offer but does not change it. */
const OTHERWISE: Readonly<Partial<Record<RouteTemplate, string>>> = {
  'POST /v1/offers/:id/bookings': 'bookings:write',
};
/** Open to every key: its owner and limits. */
const OPEN_TO_ALL_KEYS: ReadonlySet<RouteTemplate> = new Set<RouteTemplate>(['GET /v1/auth/me', 'GET /v1/limits']);

/** The scope that a route requires of an API key; undefined if no key suffices. */
export function scopeOf(route: RouteTemplate): string | undefined {
  const [, method, resource] = RESOURCE.exec(route) ?? [];
  if (!resource) return undefined;
  return OTHERWISE[route] ?? `${resource}:${method === 'GET' ? 'read' : 'write'}`;
}

/** Whether a caller's scopes allow a route. Signed-in users have no scopes and are not restricted. */
export function scopesAdmit(route: RouteTemplate, { roles, scopes }: Pick<Principal, 'roles' | 'scopes'>): boolean {
  const isUserKey = roles.includes('user') && scopes.length > 0;
  if (!isUserKey || OPEN_TO_ALL_KEYS.has(route)) return true;
  const needed = scopeOf(route);
  return needed !== undefined && scopes.includes(needed);
}
