import { Command } from '@aitbc/modulith';
import { Id, Text } from '@aitbc/platform';
import type { AgentTokenView } from './views.js';

/**
 * Issues an API key of scope `agent` whose subject is the agent; the caller owns it.
 * @throws Forbidden if another user owns the agent's keys
 */
export class IssueAgentToken extends Command<AgentTokenView> {
  @Id() agentId: string;

  @Text({ max: 100 })
  name: string;
}

/** Revokes all keys of the agent immediately. @throws Forbidden if another user owns them */
export class RevokeAgentToken extends Command {
  @Id() agentId: string;
}
