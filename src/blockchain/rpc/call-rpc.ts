import { Logger } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { CallRpc } from '../contract/queries.js';
import { RPC_CODES, toRpcErrorBody } from './rpc-error.js';
import { RpcMethods } from './rpc-methods.js';

@QueryHandler(CallRpc)
export class CallRpcHandler implements IQueryHandler<CallRpc> {
  private readonly logger = new Logger('Rpc');

  constructor(private readonly methods: RpcMethods) {}

  async execute({ method, params }: CallRpc): Promise<string> {
    try {
      return JSON.stringify({ result: await this.methods.call(method, params) });
    } catch (error) {
      const body = toRpcErrorBody(error);
      if (body === undefined) this.logger.error(`${method} failed`, (error as Error).stack);
      return JSON.stringify({ error: body ?? { code: RPC_CODES.internal, message: 'internal error' } });
    }
  }
}
