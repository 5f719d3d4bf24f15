import type { Principal } from '@aitbc/modulith';
import type { FastifyRequest } from 'fastify';

const principals = new WeakMap<object, Principal>();

/** Remembers who a request was found to come from, from the guard to the context it is handled in. */
export function setPrincipal(request: FastifyRequest, principal: Principal): void {
  principals.set(request, principal);
}

export function principalOf(request: FastifyRequest): Principal | undefined {
  return principals.get(request);
}
