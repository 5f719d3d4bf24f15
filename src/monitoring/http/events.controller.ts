import { DomainError, type Principal, requirePrincipal, runInRequest, ValidationFailed } from '@aitbc/modulith';
import { Limits, networkOf, OptionalField, Text } from '@aitbc/platform';
import { applyDecorators, Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiPropertyOptional,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { trace } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accessTokenExpiry, Authenticate } from '../../gateway/contract/index.js';
import { LiveEventView, OPERATORS } from '../contract/index.js';
import type { Admission } from './live-stream.js';
import { LiveStreams } from './live-streams.js';
import { mostStreams } from './stream-places.js';

/** The timeout for checking whether a client is still admitted. */
const CHECK_MS = 5_000;
const SEQUENCE = /^\d{1,15}$/;

class ResumeQuery {
  @ApiPropertyOptional({
    example: '4711',
    description:
      'The id of the last event that the client has: those after it come first. As the header `Last-Event-ID`, which an EventSource sends by itself',
  })
  @OptionalField()
  @Text({ max: 15, pattern: SEQUENCE, says: 'must be the id of an event' })
  lastEventId?: string;
}

const EXAMPLE = `retry: 3000

id: 4712
event: booking.funded
data: {"type":"booking.funded","at":"2026-01-01T00:00:00.000Z","traceId":null,"data":{"bookingId":"019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072","status":"funded"}}

`;

function ApiEventStream(description: string) {
  return applyDecorators(
    ApiExtraModels(LiveEventView),
    ApiOkResponse({
      description,
      content: {
        'text/event-stream': {
          // The schema of each event's parsed `data`.
          schema: {
            type: 'string',
            contentMediaType: 'application/json',
            contentSchema: { $ref: getSchemaPath(LiveEventView) },
          } as object,
          example: EXAMPLE,
        },
      },
    }),
  );
}

const HOW_IT_GOES = `Server-sent events until one of the two sides ends the stream; the \`data\` of each is a LiveEventView.
A client that comes again with \`Last-Event-ID\` is told first what it has missed, whichever process it reaches.
\`reset\`: some of that is no longer kept, so fetch anew what you show. \`end\`: come again, after \`expired\` with a new access token.
Every 15 seconds a comment shows that the stream is alive.`;

@ApiTags('events')
@ApiBearerAuth()
@Controller('v1')
export class EventsController {
  constructor(
    private readonly streams: LiveStreams,
    private readonly queries: QueryBus,
    private readonly limits: Limits,
  ) {}

  @Get('events')
  @ApiOperation({
    summary: 'What becomes of your bookings, jobs and transfers, as it happens',
    description: HOW_IT_GOES,
  })
  @ApiEventStream('`booking.*`, `job.*` and `transfer.*`, each with the status that it has now')
  streamEvents(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: ResumeQuery) {
    return this.open(request, reply, query, requirePrincipal().subject, ({ roles }) => roles.includes('user'));
  }

  @Get('admin/events')
  @ApiOperation({ summary: 'What operators should know, as it happens', description: HOW_IT_GOES })
  @ApiEventStream('Disputes, alerts that fire and are over, and what other operators do')
  streamOperatorEvents(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: ResumeQuery) {
    return this.open(
      request,
      reply,
      query,
      OPERATORS,
      ({ roles }) => roles.includes('operator') || roles.includes('admin'),
    );
  }

  private async open(
    request: FastifyRequest,
    reply: FastifyReply,
    query: ResumeQuery,
    audience: string,
    isAdmitted: (principal: Principal) => boolean,
  ): Promise<void> {
    const { subject } = requirePrincipal();
    const after = resumePoint(request, query);
    const network = networkOf(request.ip);
    const most = await mostStreams(this.limits);
    this.streams.mustHaveRoomFor({ audience, subject, network }, most);
    void reply.headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // Otherwise nginx buffers the stream.
      'x-accel-buffering': 'no',
      connection: 'close',
    });
    // Fastify serves HEAD with the GET route and would wait for the stream's end.
    if (request.method === 'HEAD') return void reply.send();
    const credential = request.headers.authorization?.replace(/^bearer +/i, '') ?? '';
    const admission = () => this.admission(credential, subject, isAdmitted);
    const expiresAt = accessTokenExpiry(credential);
    reply.hijack();
    reply.raw.writeHead(200, reply.getHeaders() as Record<string, string>);
    endRequestSpan();
    this.streams.open({ audience, subject, network, after, expiresAt, admission }, reply.raw);
  }

  /**
   * Whether the token that opened a stream is still valid: it may expire, and its owner may be locked or lose a role.
   */
  private async admission(
    credential: string,
    subject: string,
    isAdmitted: (principal: Principal) => boolean,
  ): Promise<Admission> {
    try {
      const ask = () => this.queries.execute(Authenticate.of({ credential }));
      const principal = await runInRequest({ deadlineMs: CHECK_MS }, ask);
      return principal.subject === subject && isAdmitted(principal) ? 'admitted' : 'refused';
    } catch (error) {
      const isRefusal =
        error instanceof DomainError && (error.kind === 'unauthenticated' || error.kind === 'forbidden');
      return isRefusal ? 'refused' : 'unknown';
    }
  }
}

function resumePoint(request: FastifyRequest, { lastEventId }: ResumeQuery): number | undefined {
  const field = 'Last-Event-ID';
  const given = request.headers['last-event-id'];
  if (given === undefined || given === '') return lastEventId === undefined ? undefined : Number(lastEventId);
  if (typeof given === 'string' && SEQUENCE.test(given)) return Number(given);
  throw new ValidationFailed([{ field, message: `${field} must be the id of an event` }]);
}

/** A trace covers the work of the request, which is done; the open stream would keep it open. */
function endRequestSpan(): void {
  const span = trace.getActiveSpan();
  span?.setAttribute('http.response.status_code', 200);
  span?.end();
}
