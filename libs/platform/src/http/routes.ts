import type { FastifyInstance } from 'fastify';

/** A registered route: `POST /v1/offers/:id/bookings`. */
export type RouteTemplate = `${string} ${string}`;

const routesOfServer = new WeakMap<object, Set<RouteTemplate>>();

/** Records every route registered from now on, except HEAD and OPTIONS, which come with GET and CORS. */
export function recordRoutes(server: FastifyInstance): void {
  if (routesOfServer.has(server)) return;
  const routes = new Set<RouteTemplate>();
  routesOfServer.set(server, routes);
  server.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      if (method !== 'HEAD' && method !== 'OPTIONS') routes.add(routeTemplate(method, route.url));
    }
  });
}

/** All routes of the server; complete once the application is initialised. */
export function routesOf(server: object): ReadonlySet<RouteTemplate> {
  return routesOfServer.get(server) ?? new Set();
}

export function routeTemplate(method: string, path: string): RouteTemplate {
  return `${method === 'HEAD' ? 'GET' : method} ${path}`;
}
