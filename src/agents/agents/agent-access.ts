import type { Principal } from '@aitbc/modulith';
import { AgentNotFound } from '../contract/errors.js';
import type { Agent } from './agent.entity.js';

export const isOperator = ({ roles }: Principal) => roles.includes('operator') || roles.includes('admin');

/** Whether the caller is this agent's daemon. A user with the same id would still lack the scope. */
export function isAgent({ subject, scopes }: Principal, agentId: string): boolean {
  return subject === agentId && scopes.includes('agent');
}

export function isOwner({ subject, scopes }: Principal, agent: Agent): boolean {
  return subject === agent.ownerId && !scopes.includes('agent');
}

/** @throws AgentNotFound for callers other than the agent's daemon */
export function mustBeAgent(principal: Principal, agentId: string): void {
  if (!isAgent(principal, agentId)) throw new AgentNotFound(agentId);
}
