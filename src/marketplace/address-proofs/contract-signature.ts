import { encodeFunctionData, hashMessage, type Hex, padHex, parseAbi } from 'viem';

const erc1271 = parseAbi(['function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)']);

/** A contract's return value for a valid signature: the function's selector. */
const MAGIC = padHex('0x1626ba7e', { dir: 'right', size: 32 });

/** The ERC-1271 call that asks a contract whether a message's signature is valid. */
export function signatureQuestion(message: string, signature: Hex): Hex {
  return encodeFunctionData({
    abi: erc1271,
    functionName: 'isValidSignature',
    args: [hashMessage(message), signature],
  });
}

/**
 * Compares the whole word: a contract that echoes its input (the precompile `identity`) returns the same first four
 * bytes.
 */
export function isMagic(returned: string): boolean {
  return returned.slice(0, MAGIC.length).toLowerCase() === MAGIC;
}
