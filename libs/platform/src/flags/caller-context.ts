import { currentModule, currentPrincipal, type Principal } from '@aitbc/modulith';
import type { EvaluationContext, Hook } from '@openfeature/server-sdk';

/** What flags may ask of a caller: the targeting key is its id; nobody in particular has none. */
export function contextOf(principal: Principal | undefined): EvaluationContext {
  if (!principal) return { roles: [], scopes: [] };
  return { targetingKey: principal.subject, roles: [...principal.roles], scopes: [...principal.scopes] };
}

/** Tells each evaluation for whom and in which module the current message is handled, where its caller says nothing else. */
export const callerContext: Hook = {
  before: ({ context }) => {
    const module = currentModule();
    return { ...contextOf(currentPrincipal()), ...(module ? { module } : {}), ...context };
  },
};
