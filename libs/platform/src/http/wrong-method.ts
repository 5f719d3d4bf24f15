import { HttpException } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { routesOf } from './routes.js';

/** Answers 405, listing the allowed methods, if a path does not support the method. */
export function refuseWrongMethods(server: FastifyInstance): void {
  let known: readonly [path: RegExp, methods: string[]][] | undefined;
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.is404 && !isPlainOptions(request)) return done();
    known ??= methodsByPath(routesOf(server));
    const path = pathOf(request.url);
    const allowed = known.find(([pattern]) => pattern.test(path))?.[1];
    if (!allowed) return done();
    void reply.header('allow', allowed.join(', '));
    done(new HttpException(`This path takes ${allowed.join(', ')} only.`, 405));
  });
}

/** CORS registers every OPTIONS route, but only preflight requests need it. */
function isPlainOptions({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] === undefined;
}

function methodsByPath(routes: Iterable<string>): [RegExp, string[]][] {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const [method, path] = route.split(' ') as [string, string];
    const own = methods.get(path) ?? [];
    own.push(...(method === 'GET' ? ['GET', 'HEAD'] : [method]));
    methods.set(path, own);
  }
  // A static path takes precedence over a parameter with the same value.
  const bySpecificity = [...methods].sort(([one], [other]) => parametersIn(one) - parametersIn(other));
  return bySpecificity.map(([path, own]) => [patternOf(path), own.toSorted()]);
}

const parametersIn = (path: string) => path.split(/[:*]/).length;

function patternOf(path: string): RegExp {
  const parts = path.split('/').map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}

function pathOf(url: string): string {
  const path = url.split('?', 1)[0]!;
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
