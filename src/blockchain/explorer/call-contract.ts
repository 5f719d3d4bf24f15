import { hexToBytes } from '@ethereumjs/util';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Chain } from '../chain/chain.js';
import { CallContract, EstimateGas } from '../contract/queries.js';
import { EstimateView } from '../contract/views.js';
import { callFailure } from './call-failure.js';

/** The gas of a payment to an account without code, as on Ethereum. */
const PAYMENT_GAS = '21000';
const MOST_RESERVED = 0xffffn;

/** Precompiles are callable without code. */
const isReserved = (address: string) => BigInt(address) <= MOST_RESERVED;

@QueryHandler(CallContract)
export class CallContractHandler implements IQueryHandler<CallContract> {
  constructor(private readonly chain: Chain) {}

  async execute({ to, data, from, notBefore = 0 }: CallContract): Promise<string> {
    await this.chain.reach(notBefore);
    const execution = await this.chain.settled();
    const request = { from, to, data: hexToBytes(data as `0x${string}`), value: 0n };
    return execution.call(request).catch((error: unknown) => Promise.reject(callFailure(error)));
  }
}

@QueryHandler(EstimateGas)
export class EstimateGasHandler implements IQueryHandler<EstimateGas> {
  constructor(private readonly chain: Chain) {}

  async execute({ from, to, data, value }: EstimateGas): Promise<EstimateView> {
    const execution = await this.chain.settled();
    // Nothing runs, so it need not queue behind other callers' executions.
    const isPayment = to !== undefined && data === undefined && !isReserved(to);
    if (isPayment && (await execution.code(to)) === '0x') return EstimateView.of({ gas: PAYMENT_GAS });
    const request = { from, to, data: hexToBytes((data ?? '0x') as `0x${string}`), value: value ?? 0n };
    const gas = await execution.estimateGas(request).catch((error: unknown) => Promise.reject(callFailure(error)));
    return EstimateView.of({ gas: gas.toString() });
  }
}
