import { paramsBlock } from '@ethereumjs/block';
import { type Common, createCommonFromGethGenesis, type GethGenesis } from '@ethereumjs/common';
import { type CustomPrecompile, paramsEVM } from '@ethereumjs/evm';
import { paramsTx } from '@ethereumjs/tx';
import { paramsVM } from '@ethereumjs/vm';
import type { ChainCrypto } from './chain-crypto.js';
import type { Genesis } from './genesis.js';

/** EIP-7825: no transaction may ask for more gas than this. */
export const TRANSACTION_GAS_CAP = 16_777_216n;

/**
 * The maximum cost of a unit of gas, nanoseconds: `npm run bench -- gas` measures every opcode and precompile against
 * it. A transaction with maximum gas then runs for at most three seconds.
 */
export const MOST_NANOSECONDS_PER_GAS = 200;

/**
 * A rule of this chain: the precompiles 0x0a (KZG), 0x0b to 0x11 (BLS12-381) and 0x100 (P-256) do not exist. In pure
 * JavaScript 10 million gas of G1ADD take 96 seconds, which would allow anyone to stop the chain for a few wei.
 */
export const REMOVED_PRECOMPILES: CustomPrecompile[] = [
  ...Array.from({ length: 8 }, (_, offset) => 0x0a + offset),
  0x100,
].map((address) => ({ address: `0x${address.toString(16).padStart(40, '0')}` }));

/**
 * A rule of this chain: operations that are slow in JavaScript relative to their gas cost more than on Ethereum. bn254
 * and a round of blake2f cost ten times as much. A call costs 600 more, as before EIP-2929, since each opens an EVM
 * frame. See docs/decisions.
 */
const DEARER = {
  1679: {
    blake2RoundGas: 10,
    bn254AddGas: 1_500,
    bn254MulGas: 60_000,
    bn254PairingGas: 450_000,
    bn254PairingWordGas: 340_000,
  },
  2929: { callGas: 600, callcodeGas: 600, delegatecallGas: 600, staticcallGas: 600 },
};

/** The chain's rules for EthereumJS: hardfork Osaka from block 0. */
export function createChainCommon(genesis: Genesis, crypto: ChainCrypto): Common {
  const common = createCommonFromGethGenesis(gethGenesis(genesis), {
    chain: 'aitbc',
    hardfork: 'osaka',
    customCrypto: crypto,
  });
  for (const params of [paramsTx, paramsBlock, paramsEVM, paramsVM, DEARER]) common.updateParams(params);
  return pinned(common);
}

/**
 * EthereumJS copies its Common for every header and transaction and rebuilds its parameters each time, a third of the
 * cost of a block. This chain never changes its hardfork, so one immutable shared object is enough.
 */
function pinned(common: Common): Common {
  const active = activeEips(common);
  return Object.assign(common, {
    // Called several times per EVM step; the library searches a list.
    isActivatedEIP: (eip: number) => active[eip] === 1,
    copy: () => common,
    updateParams: () => undefined,
    setHardforkBy: () => common.hardfork(),
  });
}

const HIGHEST_EIP = 10_000;

function activeEips(common: Common): Uint8Array {
  return Uint8Array.from({ length: HIGHEST_EIP }, (_, eip) => (common.isActivatedEIP(eip) ? 1 : 0));
}

function gethGenesis(genesis: Genesis): GethGenesis {
  const blocks = [
    'homestead',
    'eip150',
    'eip155',
    'eip158',
    'byzantium',
    'constantinople',
    'petersburg',
    'istanbul',
    'berlin',
    'london',
  ];
  return {
    name: 'aitbc',
    config: {
      chainId: genesis.chainId,
      ...Object.fromEntries(blocks.map((name) => [`${name}Block`, 0])),
      mergeForkBlock: 0,
      shanghaiTime: 0,
      cancunTime: 0,
      pragueTime: 0,
      osakaTime: 0,
      terminalTotalDifficulty: 0,
    },
    difficulty: '0x0',
    gasLimit: `0x${genesis.gasLimit.toString(16)}`,
    nonce: '0x0',
    timestamp: `0x${genesis.timestamp.toString(16)}`,
    extraData: '0x',
    alloc: {},
  } as GethGenesis;
}
