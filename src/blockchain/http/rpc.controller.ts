import { DomainError } from '@aitbc/modulith';
import { fewAtOnce, rateLimitHeaders, type Standing, unpackText } from '@aitbc/platform';
import { Body, Controller, Header, HttpCode, Ip, Logger, Post, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags, ApiTooManyRequestsResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CallRpc, SubmitTransaction } from '../contract/index.js';
import { AnswerRoom, type RequestRoom } from './answer-room.js';
import { type RpcBody, readRpcBody } from './rpc-body.js';
import { RpcLimits } from './rpc-limits.js';
import { inRpcSpan } from './rpc-span.js';
import { RPC_ERRORS, rpcError, type RpcFault, type RpcRequest, toRpcError } from './rpc-messages.js';
import { weightOf } from './rpc-weights.js';

const SEND = 'eth_sendRawTransaction';
/** The number of reads of a batch computed concurrently: more would only queue, with their answers in memory. */
const AT_ONCE = 4;
const TOO_MANY_REQUESTS = 429;

const LIMIT_EXCEEDED = {
  jsonrpc: '2.0',
  id: 1,
  error: { code: RPC_ERRORS.limitExceeded, message: 'limit exceeded: try again in 12 s' },
};

/** A JSON-RPC message, or a batch. */
function oneOrMany(example: object) {
  return { oneOf: [{ type: 'object' }, { type: 'array', items: { type: 'object' } }], example };
}

/**
 * JSON-RPC 2.0 for wallets and tools. Errors are part of the answer, with status 200, except for exceeded limits:
 * clients retry on 429.
 */
@Controller('rpc')
@ApiTags('blockchain')
export class RpcController {
  private readonly logger = new Logger('Rpc');

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly limits: RpcLimits,
    private readonly room: AnswerRoom,
  ) {}

  @Post()
  @HttpCode(200)
  @Header('content-type', 'application/json')
  @ApiOperation({
    summary: 'Ethereum JSON-RPC',
    description:
      'Single calls and batches of up to 100; the eth_, net_ and web3_ methods of wallets and tools. ' +
      'Each call counts by its weight against a limit of its own; past it, 429 with the error -32005.',
  })
  @ApiBody({ schema: oneOrMany({ jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] }) })
  @ApiOkResponse({
    description: 'The answers, errors of calls and of the body among them',
    schema: oneOrMany({ jsonrpc: '2.0', id: 1, result: '0x2a' }),
  })
  @ApiTooManyRequestsResponse({
    description: 'The calls weigh more than the caller has left: the error -32005 for each, with Retry-After',
    content: { 'application/json': { schema: oneOrMany(LIMIT_EXCEEDED) } },
  })
  async callRpc(
    @Body() body: unknown,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const read = readRpcBody(body);
    const weight = read.calls.reduce((sum, call) => sum + ('code' in call ? 1 : weightOf(call)), 0);
    const standing = await this.limits.take(address, Math.max(1, weight));
    void reply.headers(rateLimitHeaders(standing));
    if (standing.remaining < 0) {
      reply.status(TOO_MANY_REQUESTS).header('retry-after', standing.resetSeconds);
      return refused(read, limitExceeded(weight, standing));
    }
    const room = this.room.for(reply.raw);
    const answers = await this.answerAll(read.calls, room);
    room.watch();
    return joined(read, answers);
  }

  /** Transactions run sequentially, in batch order; reads run next to them, a few at a time. */
  private async answerAll(calls: RpcBody['calls'], room: RequestRoom): Promise<(string | undefined)[]> {
    const inTurn = fewAtOnce(1);
    const beside = fewAtOnce(AT_ONCE);
    return Promise.all(
      calls.map((call) => {
        if ('code' in call) return rpcError(call.id, call.code, call.message);
        return (call.method === SEND ? inTurn : beside)(() => this.answer(call, room));
      }),
    );
  }

  /** @returns undefined for a notification, which gets no answer. */
  private async answer(request: RpcRequest, room: RequestRoom): Promise<string | undefined> {
    const { id, method } = request;
    // A read without a waiting caller is not started; a transaction was sent to be executed.
    if (room.isAbandoned && method !== SEND) return undefined;
    if (room.isFull) return id && tooLarge(id);
    const outcome = await inRpcSpan(method, () => this.outcomeOf(request));
    if (id === undefined) return undefined;
    const answer = `{"jsonrpc":"2.0","id":${id},${outcome.slice(1)}`;
    return room.hold(answer) ? answer : tooLarge(id);
  }

  private async outcomeOf({ method, params }: RpcRequest): Promise<string> {
    try {
      if (method !== SEND) return await unpackText(await this.queries.execute(CallRpc.of({ method, params })));
      const raw = params[0] as string; // the message's own validation rejects anything else
      const { hash } = await this.commands.execute(SubmitTransaction.of({ raw }));
      return JSON.stringify({ result: hash });
    } catch (error) {
      if (error instanceof DomainError) return JSON.stringify({ error: toRpcError(error) });
      this.logger.error(`${method} failed`, (error as Error).stack);
      return JSON.stringify({ error: { code: RPC_ERRORS.internal, message: 'internal error' } });
    }
  }
}

function limitExceeded(weight: number, { most, resetSeconds }: Standing): string {
  if (weight > most) return `limit exceeded: these calls weigh ${weight}, and ${most} are allowed per minute`;
  return `limit exceeded: try again in ${resetSeconds} s`;
}

function tooLarge(id: string): string {
  return rpcError(
    id,
    RPC_ERRORS.limitExceeded,
    'the answers to this request are too large together; ask for less at once',
  );
}

function refused(body: RpcBody, message: string): string {
  const answers = body.calls.map((call: RpcRequest | RpcFault) =>
    call.id === undefined ? undefined : rpcError(call.id, RPC_ERRORS.limitExceeded, message),
  );
  return joined(body, answers);
}

function joined({ isBatch }: RpcBody, answers: readonly (string | undefined)[]): string {
  const given = answers.filter((answer) => answer !== undefined);
  if (!isBatch || given.length === 0) return given[0] ?? '';
  return `[${given.join(',')}]`;
}
