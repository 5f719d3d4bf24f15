import { encodeFunctionData, hashMessage, type Hex, padHex, parseAbi } from 'viem';

const erc1271 = parseAbi(['function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)']);

/** What a contract returns for a valid signature: the selector of the function. */
const MAGIC = padHex('0x1626ba7e', { dir: 'right', size: 32 });

/** The call that asks a contract, by ERC-1271, whether a signature of a message is valid. */
export function signatureQuestion(message: string, signature: Hex): Hex {
  return encodeFunctionData({
    abi: erc1271,
    functionName: 'isValidSignature',
    args: [hashMessage(message), signature],
  });
}

/** The whole word: a contract that returns what it is asked (the precompile `identity`) begins with the same four bytes. */
export function isMagic(returned: string): boolean {
  return returned.slice(0, MAGIC.length).toLowerCase() === MAGIC;
}
