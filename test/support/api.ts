import { describedAnswers } from './described-answers.js';
import type { Told } from './told.js';

export interface Request {
  readonly body?: unknown;
  /** Sent as it is, instead of `body` as JSON. */
  readonly raw?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a refusal looks like to a program. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  /** The fields that it names. */
  readonly fields: string[];
}

/** An answer of the application, whatever its status. */
export class Answer {
  constructor(
    private readonly request: string,
    readonly status: number,
    readonly headers: Headers,
    readonly text: string,
  ) {}

  /** The body. @throws Error when the status is another one */
  as<T>(status: number): T {
    if (this.status !== status) {
      throw new Error(`${this.request} answered ${this.status} instead of ${status}: ${this.text}`);
    }
    return this.json as T;
  }

  /** @throws Error when the answer is no problem document */
  get refusal(): Refusal {
    const type = this.headers.get('content-type') ?? '';
    const { status, code, errors = [], details } = (this.json ?? {}) as Partial<ProblemDocument>;
    if (!type.startsWith('application/problem+json') || status !== this.status || !code) {
      throw new Error(`${this.request} answered no problem but ${this.status} (${type}): ${this.text}`);
    }
    const fields = new Set([...errors.map(({ field }) => field), ...(details?.field ? [details.field] : [])]);
    return { status, code, fields: [...fields] };
  }

  get json(): unknown {
    return this.text === '' ? undefined : JSON.parse(this.text);
  }
}

interface ProblemDocument {
  status: number;
  code: string;
  errors: { field: string }[];
  details: { field?: string };
}

/** Between two looks: each is a request with a trace, of which monitoring stores a few hundred a minute. */
const LONGEST_PAUSE_MS = 500;

/** A caller of the HTTP API that takes every answer that the OpenAPI document describes, and remembers what was said. */
export class Api {
  constructor(
    readonly url: string,
    private readonly told: Told,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** The token that it sends. */
  get token(): string {
    return this.headers['authorization']?.slice('Bearer '.length) ?? '';
  }

  as(token: string): Api {
    return this.with({ authorization: `Bearer ${token}` });
  }

  with(headers: Readonly<Record<string, string>>): Api {
    return new Api(this.url, this.told, { ...this.headers, ...headers });
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send('POST', path, { body, headers });
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.send('PUT', path, { body });
  }

  /** @throws NotAsDescribed when docs/openapi.json says otherwise */
  async send(method: string, path: string, { body, raw, headers = {} }: Request = {}): Promise<Answer> {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.headers,
        ...headers,
      },
      body: content,
    });
    const answer = new Answer(`${method} ${path}`, response.status, response.headers, await textOf(response));
    const contentType = response.headers.get('content-type') ?? '';
    describedAnswers.mustDescribe({ method, path, status: answer.status, contentType, text: answer.text });
    this.told.remember(body);
    // Not a line of JSON each.
    if (/\bjson\b/.test(contentType)) this.told.remember(answer.json);
    return answer;
  }

  /** Asks again until `done` says so. @throws Error when it takes longer than `timeoutMs`, or the answer is not 200 */
  async until<T>(path: string, done: (answer: T) => boolean, timeoutMs = 60_000): Promise<T> {
    const end = Date.now() + timeoutMs;
    for (let pause = 100; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.2)) {
      const answer = (await this.get(path)).as<T>(200);
      if (done(answer)) return answer;
      if (Date.now() > end) throw new Error(`GET ${path} did not come to it: ${JSON.stringify(answer)}`);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** A stream of events has no end: that it has begun is its answer. */
async function textOf(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response.text();
  await response.body?.cancel();
  return '';
}
