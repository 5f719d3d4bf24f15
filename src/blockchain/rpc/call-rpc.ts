import { DomainError } from '@aitbc/modulith';
import { packText } from '@aitbc/platform';
import { Logger } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { ChainAnswers } from '../chain/chain-answers.js';
import { CallRpc } from '../contract/queries.js';
import { ChainReads } from '../reads/chain-reads.js';
import { MAX_RPC_ANSWER } from '../contract/rpc-answer.js';
import { JsonText, tooLarge } from './answer-text.js';
import { RPC_CODES, toRpcErrorBody } from './rpc-error.js';
import { RpcMethods } from './rpc-methods.js';

/** Methods whose answer, once there is one, never changes. */
const FINAL = new Set(['eth_getBlockByHash', 'eth_getTransactionReceipt']);
/** Methods whose answer depends only on the question and the newest block. */
const AT_HEAD = new Set(['eth_getBlockByNumber', 'eth_getBalance', 'eth_call', 'eth_estimateGas']);
/** Methods whose answer may be large or slow to read from the database. */
const LARGE = new Set(['eth_getLogs', 'eth_feeHistory', 'eth_getBlockReceipts']);
const UNKNOWN = JSON.stringify({ result: null });

@QueryHandler(CallRpc)
export class CallRpcHandler implements IQueryHandler<CallRpc> {
  private readonly logger = new Logger('Rpc');

  constructor(
    private readonly methods: RpcMethods,
    private readonly answers: ChainAnswers,
    private readonly reads: ChainReads,
  ) {}

  async execute({ method, params }: CallRpc): Promise<string | Uint8Array> {
    try {
      const answer = await this.answer(method, params);
      const packed = answer.length > MAX_RPC_ANSWER ? undefined : await packText(answer);
      if (packed === undefined) throw tooLarge('ask for less at once');
      return packed;
    } catch (error) {
      // Too many or too long waits: reported by the query's caller, as for any other query.
      if (error instanceof DomainError) throw error;
      const body = toRpcErrorBody(error);
      if (body === undefined) this.logger.error(`${method} failed`, (error as Error).stack);
      return JSON.stringify({ error: body ?? { code: RPC_CODES.internal, message: 'internal error' } });
    }
  }

  private answer(method: string, params: readonly unknown[]): Promise<string> {
    const compute = async () => {
      const call = () => this.methods.call(method, params);
      const result = await (LARGE.has(method) ? this.reads.records(method, call) : call());
      return `{"result":${result instanceof JsonText ? result.text : JSON.stringify(result)}}`;
    };
    const key = [method, params];
    if (FINAL.has(method) || isOfNumberedBlock(method, params[0])) {
      return this.answers.final(key, compute, (answer) => answer !== UNKNOWN);
    }
    if (AT_HEAD.has(method)) return this.answers.atHead(key, compute);
    return compute();
  }
}

/** Unlike `latest` and its kin, a number always refers to the same block. */
function isOfNumberedBlock(method: string, block: unknown): boolean {
  return method === 'eth_getBlockByNumber' && typeof block === 'string' && block.startsWith('0x');
}
