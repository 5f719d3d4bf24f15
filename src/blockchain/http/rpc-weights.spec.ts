import { weightOf } from './rpc-weights.js';

describe('the weight of a call', () => {
  it.each<[string, unknown[], number]>([
    ['eth_chainId', [], 1],
    ['eth_nothing', [], 1],
    ['constructor', [], 1],
    ['eth_getBlockByNumber', ['latest', false], 2],
    ['eth_getBlockByNumber', ['latest', true], 10],
    ['eth_getProof', ['0x', Array(100).fill('0x0'), 'latest'], 105],
    ['eth_getProof', ['0x', null], 5],
    ['eth_feeHistory', ['0x4', 'latest', []], 3],
    ['eth_feeHistory', ['0x400', 'latest', []], 18],
    ['eth_feeHistory', [1024, 'latest', [50]], 66],
    ['eth_feeHistory', ['0xffffffff', 'latest', [50]], 66],
    ['eth_feeHistory', ['many', 'latest', [50]], 66],
    ['eth_call', [{}], 10],
  ])('%s %j is %i', (method, params, weight) => expect(weightOf({ method, params })).toBe(weight));
});
