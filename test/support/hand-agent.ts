import { generateKeyPairSync } from 'node:crypto';
import { publicKeyOf, signReceipt } from '../../src/agents/receipts/agent-signature.js';
import { hashOfResult } from '../../src/agents/receipts/receipt.js';
import type { Answer, Api } from './api.js';
import { type Person, registerAgent } from './people.js';

export interface Assignment {
  readonly jobId: string;
  readonly attempt: number;
  readonly bookingId: string;
  readonly agentId: string;
  readonly provider: string;
  readonly client: string;
  readonly kind: string;
}

/** An agent without a daemon: speaks the protocol step by step, so that a test can stop between two. */
export class HandAgent {
  private readonly key = generateKeyPairSync('ed25519').privateKey;

  private constructor(
    readonly id: string,
    readonly token: string,
    readonly api: Api,
  ) {}

  static async register(provider: Person, offerIds: string[]): Promise<HandAgent> {
    const { id, token } = await registerAgent(provider, offerIds);
    const agent = new HandAgent(id, token, provider.api.as(token));
    (await agent.api.put(`/v1/agents/${id}/key`, { publicKey: publicKeyOf(agent.key) })).as(200);
    return agent;
  }

  /** Takes the next job and says that it runs. */
  async take(): Promise<Assignment> {
    const assignment = (await this.api.post(`/v1/agents/${this.id}/jobs/next`, { waitSeconds: 20 })).as<Assignment>(
      200,
    );
    const { jobId, attempt } = assignment;
    (await this.api.post(`/v1/agents/${this.id}/heartbeat`, { attempts: [{ jobId, attempt }] })).as(200);
    return assignment;
  }

  /** Brings a result, signed by this agent whoever holds the job. */
  bring(assignment: Assignment, stdout: string): Promise<Answer> {
    const { jobId, attempt, bookingId, provider, client, kind } = assignment;
    const result = { exitCode: 0, stdout, stderr: '' };
    const finishedAt = new Date();
    const startedAt = new Date(finishedAt.getTime() - 1);
    const signed = signReceipt(
      {
        version: 1,
        jobId,
        bookingId,
        provider,
        client,
        agentId: this.id,
        kind,
        units: 1,
        unitType: 'millisecond',
        startedAt: startedAt.toISOString(),
        finishedAt: finishedAt.toISOString(),
        resultHash: hashOfResult(result),
      },
      this.key,
    );
    return this.api.post(`/v1/jobs/${jobId}/attempts/${attempt}/result`, { result, ...signed });
  }
}
