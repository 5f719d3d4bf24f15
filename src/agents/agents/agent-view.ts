import { type AgentStatus, AgentView } from '../contract/agents.js';
import type { Agent } from './agent.entity.js';

export function toAgentView(agent: Agent, now: Date): AgentView {
  const { id, ownerId, name, capabilities, offerIds, concurrency, region, publicKey, lastSeenAt, createdAt } = agent;
  return AgentView.of({
    id,
    ownerId,
    name,
    capabilities,
    offerIds,
    concurrency,
    region,
    publicKey,
    status: statusOf(agent, now),
    lastSeenAt,
    createdAt,
  });
}

function statusOf(agent: Agent, now: Date): AgentStatus {
  if (agent.isRetired) return 'retired';
  return agent.isOnline(now) ? 'online' : 'offline';
}
