import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Fields, hexIn, messagesIn, numberIn, readFields, textIn } from './protobuf.js';

/** A span as it came over OTLP. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: string;
  readonly startedAt: bigint;
  readonly endedAt: bigint;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Trace ids. */
  readonly links: readonly string[];
  readonly failed: boolean;
  /** What is said of the process that sent it. */
  readonly resource: Readonly<Record<string, unknown>>;
}

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUS_ERROR = 2n;

/** A receiver of traces over OTLP/HTTP, which decodes what comes by the published protocol (opentelemetry-proto v1). */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  /** Everything that came, as it came. */
  readonly bodies: Buffer[] = [];
  requests = 0;
  private answer: 'accept' | 'refuse' | 'hang' = 'accept';
  private readonly hanging = new Set<ServerResponse>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<OtlpReceiver> {
    const server = createServer((request, response) => void receiver.receive(request, response));
    const receiver = new OtlpReceiver(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on answers 503, or not at all; what hung is let go. */
  become(answer: 'accept' | 'refuse' | 'hang'): void {
    this.answer = answer;
    for (const response of this.hanging) response.destroy();
    this.hanging.clear();
  }

  of(traceId: string): ReceivedSpan[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  async stop(): Promise<void> {
    this.become('refuse');
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.answer === 'hang') return void this.hanging.add(response);
    if (this.answer === 'refuse') return void response.writeHead(503).end();
    if (request.method !== 'POST' || request.url !== '/v1/traces') return void response.writeHead(404).end();
    if (request.headers['content-type'] !== 'application/x-protobuf') return void response.writeHead(415).end();
    const body = Buffer.concat(chunks);
    this.bodies.push(body);
    this.spans.push(...decode(body));
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
  }
}

/** ExportTraceServiceRequest → ResourceSpans → ScopeSpans → Span. */
function decode(body: Buffer): ReceivedSpan[] {
  return messagesIn(readFields(body), 1).flatMap((resourceSpans) => {
    const resource = attributesIn(messagesIn(resourceSpans, 1)[0]!, 1);
    return messagesIn(resourceSpans, 2).flatMap((scope) => messagesIn(scope, 2).map((span) => spanOf(span, resource)));
  });
}

function spanOf(span: Fields, resource: ReceivedSpan['resource']): ReceivedSpan {
  const [status] = messagesIn(span, 15);
  return {
    traceId: hexIn(span, 1),
    spanId: hexIn(span, 2),
    parentSpanId: hexIn(span, 4),
    name: textIn(span, 5),
    kind: KINDS[Number(numberIn(span, 6))]!,
    startedAt: numberIn(span, 7),
    endedAt: numberIn(span, 8),
    attributes: attributesIn(span, 9),
    links: messagesIn(span, 13).map((link) => hexIn(link, 1)),
    failed: status !== undefined && numberIn(status, 3) === STATUS_ERROR,
    resource,
  };
}

function attributesIn(fields: Fields, number: number): Record<string, unknown> {
  const pairs = messagesIn(fields, number).map((pair) => [textIn(pair, 1), valueOf(messagesIn(pair, 2)[0])]);
  return Object.fromEntries(pairs) as Record<string, unknown>;
}

/** AnyValue, as far as spans here use it. */
function valueOf(value: Fields | undefined): unknown {
  if (value?.has(1)) return textIn(value, 1);
  if (value?.has(2)) return numberIn(value, 2) === 1n;
  if (value?.has(3)) return Number(BigInt.asIntN(64, numberIn(value, 3)));
  if (value?.has(4)) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(numberIn(value, 4));
    return bytes.readDoubleLE();
  }
  return undefined;
}
