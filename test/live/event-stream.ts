import { get, type IncomingMessage } from 'node:http';

export interface StreamEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

interface StreamOptions {
  readonly token?: string;
  readonly lastEventId?: string;
  /** Whether the client takes nothing from its socket. */
  readonly isAsleep?: boolean;
}

/** A client of an event stream, as the standard describes it. */
export class EventStream {
  readonly events: StreamEvent[] = [];
  comments = 0;
  lastEventId = '';
  /** Resolves when the server has ended the stream, or broken it off. */
  readonly ended: Promise<void>;
  private rest = '';

  private constructor(readonly response: IncomingMessage) {
    this.ended = new Promise((resolve) => response.once('close', resolve).on('error', () => undefined));
  }

  static async open(url: string, { token, lastEventId, isAsleep = false }: StreamOptions = {}): Promise<EventStream> {
    const headers = {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      // Without an agent: each has a connection of its own.
      get(url, { headers, agent: false }, resolve).on('error', reject);
    });
    const stream = new EventStream(response);
    if (!isAsleep) response.setEncoding('utf8').on('data', (text: string) => stream.read(text));
    return stream;
  }

  get status(): number {
    return this.response.statusCode!;
  }

  get types(): string[] {
    return this.events.map(({ event }) => event);
  }

  /** Waits until so many events have come, and gives all. */
  async until(count: number): Promise<StreamEvent[]> {
    await vi.waitFor(() => expect(this.events.length).toBeGreaterThanOrEqual(count), { timeout: 10_000, interval: 5 });
    return this.events;
  }

  /** What was answered instead of a stream. */
  async problem(): Promise<{ code: string; errors?: { field: string }[] }> {
    await this.ended;
    return JSON.parse(this.rest) as { code: string };
  }

  leave(): void {
    this.response.destroy();
  }

  private read(text: string): void {
    const frames = (this.rest + text).split('\n\n');
    this.rest = frames.pop()!;
    for (const frame of frames) this.take(frame);
  }

  private take(frame: string): void {
    let event = 'message';
    let data = '';
    for (const line of frame.split('\n')) {
      const [field, value] = /^(\w*): ?(.*)$/.exec(line)?.slice(1) ?? [];
      if (field === '') this.comments += 1;
      else if (field === 'id') this.lastEventId = value!;
      else if (field === 'event') event = value!;
      else if (field === 'data') data += value;
    }
    if (data !== '') this.events.push({ id: this.lastEventId, event, data: JSON.parse(data) as unknown });
  }
}
