import type { MerkleStateManager } from '@ethereumjs/statemanager';
import { createAccount, createAddressFromString, hexToBytes } from '@ethereumjs/util';
import type { Genesis } from './genesis.js';
import { SYSTEM_CONTRACTS } from './system-contracts.js';

/** Writes the allocations and the system contracts into an empty state. @returns its root. */
export async function writeGenesisState(state: MerkleStateManager, genesis: Genesis): Promise<Uint8Array> {
  for (const [address, balance] of Object.entries(genesis.allocations)) {
    await state.putAccount(createAddressFromString(address), createAccount({ balance }));
  }
  for (const [address, code] of Object.entries(SYSTEM_CONTRACTS)) {
    const contract = createAddressFromString(address);
    await state.putAccount(contract, createAccount({ nonce: 1n, balance: genesis.allocations[address] ?? 0n }));
    await state.putCode(contract, hexToBytes(code));
  }
  return state.getStateRoot();
}
