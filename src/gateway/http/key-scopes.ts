import type { Principal } from '@aitbc/modulith';
import type { RouteTemplate } from '@aitbc/platform';

const RESOURCE = /^(\w+) \/v1\/(wallets|offers|bookings|agents|jobs|events)(?:\/|$)/;
/** A booking is made at the offer, and is no change of it. */
const OTHERWISE: Readonly<Partial<Record<RouteTemplate, string>>> = {
  'POST /v1/offers/:id/bookings': 'bookings:write',
};
/** What every key may know: whose it is and how much they may have. */
const OPEN_TO_ALL_KEYS: ReadonlySet<RouteTemplate> = new Set<RouteTemplate>(['GET /v1/auth/me', 'GET /v1/limits']);

/** The scope that an API key needs for a route; undefined where no key is enough. */
export function scopeOf(route: RouteTemplate): string | undefined {
  const [, method, resource] = RESOURCE.exec(route) ?? [];
  if (!resource) return undefined;
  return OTHERWISE[route] ?? `${resource}:${method === 'GET' ? 'read' : 'write'}`;
}

/** Whether the scopes of a caller allow a route. Who has signed in has none, and is not limited by any. */
export function scopesAdmit(route: RouteTemplate, { roles, scopes }: Pick<Principal, 'roles' | 'scopes'>): boolean {
  const isUserKey = roles.includes('user') && scopes.length > 0;
  if (!isUserKey || OPEN_TO_ALL_KEYS.has(route)) return true;
  const needed = scopeOf(route);
  return needed !== undefined && scopes.includes(needed);
}
