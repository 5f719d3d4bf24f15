import type { Assignment, AttemptRef, Me, Outcome } from './protocol.js';
import { continueTraceparent } from './trace-context.js';

/** The platform is unavailable or asks for a later retry: the same request may succeed then. */
export class PlatformAway extends Error {
  constructor(
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/** The platform understood the request and refused it. */
export class PlatformRefused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${detail} (${status} ${code})`);
  }

  get unauthenticated(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

interface Request {
  body?: unknown;
  traceparent?: string | null;
  signal?: AbortSignal;
  timeoutMs?: number;
}

const longPollSeconds = 20;

/** The daemon's side of the agent protocol. Every method throws PlatformAway or PlatformRefused. */
export class PlatformClient {
  constructor(
    private readonly apiUrl: string,
    private readonly token: string,
  ) {}

  me(signal?: AbortSignal): Promise<Me> {
    return this.send<Me>('GET', '/v1/agents/me', { signal });
  }

  setKey(agentId: string, publicKey: string, signal?: AbortSignal): Promise<Me> {
    return this.send<Me>('PUT', `/v1/agents/${agentId}/key`, { body: { publicKey }, signal });
  }

  /** Reports that the agent is alive and which attempts it works on; returns those that it no longer holds. */
  async heartbeat(agentId: string, attempts: AttemptRef[], signal?: AbortSignal): Promise<AttemptRef[]> {
    const path = `/v1/agents/${agentId}/heartbeat`;
    const { released } = await this.send<{ released: AttemptRef[] }>('POST', path, { body: { attempts }, signal });
    return released;
  }

  /** Waits for a job; undefined if none arrived in time. */
  nextJob(agentId: string, signal?: AbortSignal): Promise<Assignment | undefined> {
    return this.send<Assignment | undefined>('POST', `/v1/agents/${agentId}/jobs/next`, {
      body: { waitSeconds: longPollSeconds },
      signal,
      timeoutMs: (longPollSeconds + 15) * 1000,
    });
  }

  async submit({ jobId, attempt, traceparent }: Assignment, outcome: Outcome, signal?: AbortSignal): Promise<void> {
    const { status, ...body } = outcome;
    const last = status === 'completed' ? 'result' : 'failure';
    await this.send('POST', `/v1/jobs/${jobId}/attempts/${attempt}/${last}`, { body, traceparent, signal });
  }

  private async send<Answer>(method: string, path: string, request: Request): Promise<Answer> {
    const { body, signal, timeoutMs = 15_000 } = request;
    const traceparent = continueTraceparent(request.traceparent);
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(this.apiUrl + path, {
        method,
        headers: {
          authorization: `Bearer ${this.token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(traceparent && { traceparent }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      const text = await response.text();
      if (!response.ok) throw refusalOf(response, text);
      return (text === '' ? undefined : parseAnswer(text)) as Answer;
    } catch (error) {
      if (error instanceof PlatformRefused || error instanceof PlatformAway || signal?.aborted) throw error;
      throw new PlatformAway(`${method} ${this.apiUrl}${path}: ${reasonOf(error)}`);
    }
  }
}

/** @throws PlatformAway for a body that is not JSON, such as a proxy's error page */
function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PlatformAway('what answered is not the API; is AITBC_API_URL right?');
  }
}

/** The owner is locked temporarily: the agent keeps its work and retries. */
const LOCKED = 'gateway.account_locked';

function refusalOf(response: Response, text: string): Error {
  const problem = parseProblem(text);
  const detail = problem.detail ?? problem.title ?? response.statusText;
  if (problem.code === LOCKED) return new PlatformAway(`${detail} (${response.status})`);
  if (response.status < 500 && response.status !== 408 && response.status !== 429) {
    return new PlatformRefused(response.status, problem.code ?? 'unknown', detail);
  }
  return new PlatformAway(
    `${detail} (${response.status})`,
    retryAfterMs(response.headers.get('retry-after'), Date.now()),
  );
}

/** The delay in a Retry-After header: seconds or a date (RFC 9110). Undefined otherwise. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function parseProblem(text: string): { code?: string; detail?: string; title?: string } {
  try {
    return (JSON.parse(text) as object | null) ?? {};
  } catch {
    return {};
  }
}

/** fetch reports "fetch failed" and hides the reason in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || String(error.cause) : error.message;
}
