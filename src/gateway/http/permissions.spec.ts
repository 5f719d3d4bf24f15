import type { RouteTemplate } from '@aitbc/platform';
import { admits, type Permission, permissionGaps, permissions, type Permissions } from './permissions.js';

const nobody = undefined;
const user = { roles: ['user'], scopes: [] };
const operator = { roles: ['user', 'operator'], scopes: [] };
const admin = { roles: ['user', 'admin'], scopes: [] };
const agent = { roles: [], scopes: ['agent'] };

describe('a permission', () => {
  it.each<[Permission | Permission[] | undefined, unknown[]]>([
    ['public', [nobody, user, operator, admin, agent]],
    ['user', [user, operator, admin]],
    ['operator', [operator, admin]],
    ['admin', [admin]],
    ['agent', [agent]],
    [
      ['agent', 'user'],
      [user, operator, admin, agent],
    ],
    [[], []],
    [undefined, []],
  ])('of %j admits those it names and nobody else', (permission, admitted) => {
    for (const caller of [nobody, user, operator, admin, agent]) {
      expect(admits(permission, caller)).toBe(admitted.includes(caller));
    }
  });
});

describe('the table of permissions', () => {
  const table: Permissions = { 'GET /a': 'user', 'GET /docs': 'public' };
  const routes = (...all: RouteTemplate[]) => new Set(all);

  it('has no gaps when it names exactly the routes there are', () => {
    const gaps = permissionGaps(table, routes('GET /a', 'GET /docs', 'GET /docs/', 'GET /docs/swagger-ui.css'));
    expect(gaps).toEqual({ missing: [], superfluous: [] });
  });

  it('misses a route that nobody gave a permission, whatever the method', () => {
    expect(permissionGaps(table, routes('GET /a', 'GET /docs', 'POST /a', 'GET /docsx')).missing).toEqual([
      'POST /a',
      'GET /docsx',
    ]);
  });

  it('names a route too many when it is gone', () => {
    expect(permissionGaps(table, routes('GET /docs')).superfluous).toEqual(['GET /a']);
  });

  it('leaves nothing of the administration to users, and nothing of users to the public', () => {
    for (const [route, permission] of Object.entries(permissions)) {
      if (route.includes('/admin/')) expect(admits(permission, user), route).toBe(false);
      if (/ \/v1\/(wallets|offers|bookings|agents|jobs)/.test(route))
        expect(admits(permission, nobody), route).toBe(false);
    }
  });
});
