import { Forbidden, type Principal, Unauthenticated } from '@aitbc/modulith';
import { rateLimitHeaders, type RouteTemplate, routeTemplate, type Standing } from '@aitbc/platform';
import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccountLocked, Authenticate, InvalidToken, TokenExpired, TokenWithdrawn } from '../contract/index.js';
import { bearerOf } from './bearer.js';
import { scopesAdmit } from './key-scopes.js';
import { MaintenanceMode } from './maintenance-mode.js';
import { admits, isPublic, permissionOf, type Permissions } from './permissions.js';
import { type Limit, mustBeWithin, RateLimits } from './rate-limits.js';

export const PERMISSIONS = Symbol('Permissions');

/** Routes that allow guessing or sending mail to third parties: limited per address, signed in or not. */
const SIGN_IN: ReadonlySet<RouteTemplate> = new Set<RouteTemplate>([
  'POST /v1/auth/register',
  'POST /v1/auth/register/confirm',
  'POST /v1/auth/login',
  'POST /v1/auth/password',
  'POST /v1/auth/password/forgot',
  'POST /v1/auth/password/reset',
  'POST /v1/auth/email/verification',
  'POST /v1/auth/email/verify',
  'POST /v1/auth/api-keys',
  'POST /v1/auth/me/delete',
  'POST /v1/auth/passkeys',
  'POST /v1/auth/passkeys/options',
  'POST /v1/auth/passkeys/login',
  'POST /v1/auth/passkeys/login/options',
  'POST /v1/auth/second-factor/totp',
  'POST /v1/auth/second-factor/totp/confirm',
  'POST /v1/auth/second-factor/totp/remove',
  'POST /v1/auth/second-factor/recovery-codes',
]);

/**
 * Health checks that machines poll from behind one address: rejecting them would take a healthy process out of service.
 */
const PROBES: ReadonlySet<RouteTemplate> = new Set(['GET /health/live', 'GET /health/ready', 'GET /metrics']);

/** Its calls are counted individually, by separate limits. */
const WEIGHED_ELSEWHERE: ReadonlySet<RouteTemplate> = new Set(['POST /rpc']);

/** Errors of the credential itself rather than of its verification. */
const REFUSALS = [InvalidToken, TokenExpired, TokenWithdrawn, AccountLocked];

/** Admits a request if its route's permission allows the caller and the caller is within the rate limit. */
@Injectable()
export class Gatekeeper {
  constructor(
    @Inject(PERMISSIONS) private readonly permissions: Permissions,
    private readonly limits: RateLimits,
    private readonly maintenance: MaintenanceMode,
    private readonly queries: QueryBus,
  ) {}

  /**
   * @returns the principal, if any on public routes.
   * @throws Unauthenticated, Forbidden, RateLimited, Maintenance
   */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<Principal | undefined> {
    const route = routeTemplate(request.method, request.routeOptions.url ?? '');
    const permission = permissionOf(this.permissions, route);
    if (PROBES.has(route)) return undefined;
    if (SIGN_IN.has(route)) admitWithin(await this.limits.ofSignIn(request.ip), reply);
    const principal = await this.authenticate(request, reply, isPublic(permission));
    if (!WEIGHED_ELSEWHERE.has(route)) {
      const standing = principal ? this.limits.ofCaller(principal.subject) : this.limits.ofAddress(request.ip);
      admitWithin(await standing, reply, SIGN_IN.has(route));
    }
    const isAdmitted =
      admits(permission, principal) && (!principal || isPublic(permission) || scopesAdmit(route, principal));
    if (!isAdmitted) throw principal ? new Forbidden() : new Unauthenticated();
    await this.maintenance.admit(route, principal);
    return principal;
  }

  private async authenticate(
    request: FastifyRequest,
    reply: FastifyReply,
    isOptional: boolean,
  ): Promise<Principal | undefined> {
    const credential = bearerOf(request.headers.authorization);
    if (!credential) return undefined;
    try {
      return await this.queries.execute(Authenticate.of({ credential }));
    } catch (error) {
      // A caller with an expired token can still sign in, refresh and read public resources.
      const isRefused = REFUSALS.some((refusal) => error instanceof refusal);
      if (isOptional && isRefused) return undefined;
      if (isRefused) admitWithin(await this.limits.ofAddress(request.ip), reply);
      throw error;
    }
  }
}

/** @param hasNarrower whether a tighter limit was already reported */
function admitWithin(standing: Standing<Limit>, reply: FastifyReply, hasNarrower = false): void {
  if (!hasNarrower || standing.remaining < 0) void reply.headers(rateLimitHeaders(standing));
  mustBeWithin(standing);
}
