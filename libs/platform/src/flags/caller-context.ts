import { currentModule, currentPrincipal, type Principal } from '@aitbc/modulith';
import type { EvaluationContext, Hook } from '@openfeature/server-sdk';

/** The caller attributes that flags can use: the targeting key is the user id; anonymous callers have none. */
export function contextOf(principal: Principal | undefined): EvaluationContext {
  if (!principal) return { roles: [], scopes: [] };
  return { targetingKey: principal.subject, roles: [...principal.roles], scopes: [...principal.scopes] };
}

/** Adds the current caller and module to each evaluation, unless the evaluation sets its own. */
export const callerContext: Hook = {
  before: ({ context }) => {
    const module = currentModule();
    return { ...contextOf(currentPrincipal()), ...(module ? { module } : {}), ...context };
  },
};
