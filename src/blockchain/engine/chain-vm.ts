import type { Common } from '@ethereumjs/common';
import { createEVM, type EVM, type EVMMockBlockchainInterface } from '@ethereumjs/evm';
import type { MerkleStateManager } from '@ethereumjs/statemanager';
import { bigIntToBytes, createAddressFromString, setLengthLeft } from '@ethereumjs/util';
import { createVM, type VM } from '@ethereumjs/vm';
import { LRUCache } from 'lru-cache';
import { REMOVED_PRECOMPILES } from './chain-common.js';
import type { TimeLimit } from './time-limit.js';
import { useFastOpcodes } from './fast-opcodes.js';
import { runFramesFast } from './run-frame.js';
import { BEACON_ROOTS_ADDRESS, BLOCK_HASH_RING, BLOCK_HASHES_ADDRESS } from './system-contracts.js';

const blockHashes = createAddressFromString(BLOCK_HASHES_ADDRESS);
const beaconRoots = createAddressFromString(BEACON_ROOTS_ADDRESS);

/** An EVM with this chain's rules on the given state. @param limit interrupts slow execution. */
export async function createChainVm(
  common: Common,
  state: MerkleStateManager,
  limit?: TimeLimit,
): Promise<VM & { evm: EVM }> {
  const blockchain = new HashesFromState(state);
  const evm = await createEVM({ common, stateManager: state, blockchain, customPrecompiles: REMOVED_PRECOMPILES });
  useFastOpcodes(evm);
  await runFramesFast(evm, limit);
  return (await createVM({ common, stateManager: state, blockchain, evm })) as VM & { evm: EVM };
}

type Hashed = Awaited<ReturnType<EVMMockBlockchainInterface['getBlock']>>;

/** Twice the range of BLOCKHASH. */
const KNOWN_HASHES = 512;

/**
 * BLOCKHASH reads the EIP-2935 contract's storage, so execution depends only on the state. A VM follows a single chain
 * of blocks, so a past block's hash never changes.
 */
class HashesFromState implements EVMMockBlockchainInterface {
  private readonly known = new LRUCache<number, Hashed>({ max: KNOWN_HASHES });

  constructor(private readonly state: MerkleStateManager) {}

  async getBlock(number: number): Promise<Hashed> {
    const known = this.known.get(number);
    if (known !== undefined) return known;
    const hash = setLengthLeft(await this.state.getStorage(blockHashes, slot(BigInt(number) % BLOCK_HASH_RING)), 32);
    const read = { hash: () => hash };
    this.known.set(number, read);
    return read;
  }

  async putBlock(): Promise<void> {}

  shallowCopy(): HashesFromState {
    return this;
  }
}

/**
 * The writes at the start of every block: its parent's hash (EIP-2935) and its beacon root (EIP-4788), which is always
 * zero here.
 */
export async function applySystemWrites(
  state: MerkleStateManager,
  number: bigint,
  timestamp: bigint,
  parentHash: Uint8Array,
): Promise<void> {
  const index = timestamp % BLOCK_HASH_RING;
  await state.putStorage(beaconRoots, slot(index), bigIntToBytes(timestamp));
  await state.putStorage(beaconRoots, slot(index + BLOCK_HASH_RING), new Uint8Array(32));
  await state.putStorage(blockHashes, slot((number - 1n) % BLOCK_HASH_RING), parentHash);
}

function slot(index: bigint): Uint8Array {
  return setLengthLeft(bigIntToBytes(index), 32);
}
