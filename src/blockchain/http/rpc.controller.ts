import { DomainError } from '@aitbc/modulith';
import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CallRpc, SubmitTransaction, unpackRpcAnswer } from '../contract/index.js';
import { inRpcSpan } from './rpc-span.js';
import { isRpcRequest, rpcError, type RpcRequest, toRpcError } from './rpc-messages.js';

const MAX_BATCH = 100;

/** A message of JSON-RPC, or a batch of them. */
function oneOrMany(example: object) {
  return { oneOf: [{ type: 'object' }, { type: 'array', items: { type: 'object' } }], example };
}

/** JSON-RPC 2.0 for wallets and tools. Errors are part of the answer: the status is 200 whatever comes out. */
@Controller('rpc')
@ApiTags('blockchain')
export class RpcController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @HttpCode(200)
  @Header('content-type', 'application/json')
  @ApiOperation({
    summary: 'Ethereum JSON-RPC',
    description: 'Single calls and batches of up to 100; the eth_, net_ and web3_ methods of wallets and tools.',
  })
  @ApiBody({ schema: oneOrMany({ jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] }) })
  @ApiOkResponse({ schema: oneOrMany({ jsonrpc: '2.0', id: 1, result: '0x2a' }) })
  async callRpc(@Body() body: unknown): Promise<string> {
    if (!Array.isArray(body)) return (await this.answer(body)) ?? '';
    if (body.length === 0) return rpcError(null, -32600, 'invalid request: the batch is empty');
    if (body.length > MAX_BATCH)
      return rpcError(null, -32600, `invalid request: a batch has at most ${MAX_BATCH} calls`);
    const answers = await this.answerAll(body);
    return answers.length === 0 ? '' : `[${answers.join(',')}]`;
  }

  /** Transactions one after the other, in the order of the batch; reads beside them. */
  private async answerAll(batch: readonly unknown[]): Promise<string[]> {
    let submitted: Promise<unknown> = Promise.resolve();
    const answers = batch.map((request) => {
      if (!isRpcRequest(request) || request.method !== 'eth_sendRawTransaction') return this.answer(request);
      const answer = submitted.then(() => this.answer(request));
      submitted = answer;
      return answer;
    });
    return (await Promise.all(answers)).filter((answer) => answer !== undefined);
  }

  /** @returns undefined for a notification, which gets no answer. */
  private async answer(request: unknown): Promise<string | undefined> {
    if (!isRpcRequest(request))
      return rpcError(null, -32600, 'invalid request: jsonrpc "2.0", a method and a list of params are needed');
    const outcome = await inRpcSpan(request.method, () => this.outcomeOf(request));
    return request.id === undefined
      ? undefined
      : `{"jsonrpc":"2.0","id":${JSON.stringify(request.id)},${outcome.slice(1)}`;
  }

  private async outcomeOf({ method, params = [] }: RpcRequest): Promise<string> {
    try {
      if (method !== 'eth_sendRawTransaction')
        return await unpackRpcAnswer(await this.queries.execute(CallRpc.of({ method, params })));
      const raw = params[0] as string; // the message's own validation refuses anything else
      const { hash } = await this.commands.execute(SubmitTransaction.of({ raw }));
      return JSON.stringify({ result: hash });
    } catch (error) {
      if (error instanceof DomainError) return JSON.stringify({ error: toRpcError(error) });
      throw error;
    }
  }
}
