/** A client of the HTTP API with a token and a trace that every request belongs to. */
export class ApiClient {
  constructor(
    private readonly baseUrl: string,
    private readonly token?: string,
    private readonly traceparent?: string,
  ) {}

  as(token: string): ApiClient {
    return new ApiClient(this.baseUrl, token, this.traceparent);
  }

  get<T>(path: string): Promise<T> {
    return this.request<T>('GET', path);
  }

  post<T>(path: string, body: object = {}): Promise<T> {
    return this.request<T>('POST', path, body);
  }

  /** Polls until `done` returns true. @throws Error after `timeoutMs` */
  async until<T>(path: string, done: (answer: T) => boolean, timeoutMs = 60_000): Promise<T> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const answer = await this.get<T>(path);
      if (done(answer)) return answer;
      if (Date.now() > end) throw new Error(`GET ${path} did not come to it: ${JSON.stringify(answer)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private async request<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(this.traceparent ? { traceparent: this.traceparent } : {}),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
