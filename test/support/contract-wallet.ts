import { type Address, concatHex, type Hex, size, toHex } from 'viem';

/** Leaves `runtime` as the code of a new contract. */
export const deploying = (runtime: Hex): Hex =>
  concatHex(['0x60', toHex(size(runtime), { size: 1 }), '0x8060095f395ff3', runtime]);

/** Code that answers `isValidSignature` (ERC-1271) for the signatures of one key. */
export const contractWalletOf = (owner: Address): Hex =>
  concatHex([
    // ecrecover(hash, v, r, s) of the arguments
    '0x6004355f5260a4355f1a60205260643560405260843560605260206080',
    '0x60805f60015afa50',
    // The magic value, or 0
    '0x60805173',
    owner,
    '0x14631626ba7e0260e01b5f5260205ff3',
  ]);

export const REVERTING: Hex = '0x5f5ffd';
/** It hashes until its gas or its time is over. */
export const ENDLESS: Hex = '0x5b604060002050600056';
