import type { Proof } from '@ethereumjs/common';
import { getMerkleStateProof, type MerkleStateManager } from '@ethereumjs/statemanager';
import { bytesToHex, createAddressFromString, hexToBytes, KECCAK256_NULL, setLengthLeft } from '@ethereumjs/util';
import type { SenderState } from './packed-block.js';

export interface AccountState extends SenderState {
  readonly codeHash: string;
}

/** An account that was never used reads as an empty one. */
export async function readAccount(state: MerkleStateManager, address: string): Promise<AccountState> {
  const account = await state.getAccount(createAddressFromString(address));
  const { nonce = 0n, balance = 0n, codeHash = KECCAK256_NULL } = account ?? {};
  return { address: address.toLowerCase(), nonce, balance, codeHash: bytesToHex(codeHash) };
}

export async function readCode(state: MerkleStateManager, address: string): Promise<string> {
  return bytesToHex(await state.getCode(createAddressFromString(address)));
}

/** @returns 32 bytes, hex. */
export async function readStorage(state: MerkleStateManager, address: string, slot: bigint): Promise<string> {
  return bytesToHex(setLengthLeft(await state.getStorage(createAddressFromString(address), slotKey(slot)), 32));
}

/** An EIP-1186 proof of an account and of the given slots. */
export async function readProof(state: MerkleStateManager, address: string, slots: readonly bigint[]): Promise<Proof> {
  const proof = await getMerkleStateProof(state, createAddressFromString(address), slots.map(slotKey));
  const storageProof = proof.storageProof.map((each) => ({ ...each, value: asQuantity(each.value) }));
  return { ...proof, storageProof };
}

function slotKey(slot: bigint): Uint8Array {
  return hexToBytes(`0x${slot.toString(16).padStart(64, '0')}`);
}

function asQuantity(value: string): `0x${string}` {
  return value === '0x' ? '0x0' : `0x${BigInt(value).toString(16)}`;
}
