import { getAddress, isAddress, recoverMessageAddress, type Hex } from 'viem';
import { agentSigned } from './agent-signature.js';
import { countersignDigest, hashOfResult, receiptFields, type SignedReceipt } from './receipt.js';

export interface Expectations {
  /** The platform's address, from a trusted source. */
  platformAddress?: string;
  /** The agent's key, from a trusted source. */
  agentPublicKey?: string;
  /** The job's result, to compare with the hash in the receipt. */
  result?: unknown;
}

/**
 * Checks a signed receipt offline.
 *
 * A consistent receipt proves who signed; only a comparison with a key or address from a trusted source proves that the
 * signers are the right ones.
 *
 * @returns the problems, as sentences; empty if there are none
 */
export async function checkReceipt(file: unknown, expected: Expectations = {}): Promise<string[]> {
  const shape = shapeProblems(file);
  if (shape.length > 0) return shape;
  const signed = file as SignedReceipt;
  const problems: string[] = [];
  if (!agentSigned(signed)) {
    problems.push('The agent did not sign this receipt: its signature does not fit the receipt and the key.');
  }
  const signer = await recover(signed);
  if (signer === undefined || signer !== getAddress(signed.platformAddress)) {
    problems.push(
      `The platform did not countersign this receipt: the signature belongs to ${signer ?? 'nobody'}, not to ${signed.platformAddress}.`,
    );
  }
  return [...problems, ...disappointments(signed, expected)];
}

function shapeProblems(file: unknown): string[] {
  const names = ['receipt', 'agentSignature', 'agentPublicKey', 'platformSignature', 'platformAddress'];
  const missing = names.filter((name) => !hasField(file, name));
  if (missing.length > 0) return [`This is not a signed receipt: ${missing.join(', ')} missing.`];
  const { receipt, platformAddress, ...texts } = file as SignedReceipt;
  const gone = receiptFields.filter((name) => !hasField(receipt, name));
  if (gone.length > 0) return [`The receipt lacks ${gone.join(', ')}.`];
  const extra = Object.keys(receipt).filter((name) => !(receiptFields as readonly string[]).includes(name));
  if (extra.length > 0) return [`The receipt has fields that version 1 does not know: ${extra.join(', ')}.`];
  if (receipt.version !== 1) return [`Version ${receipt.version} of the receipt is unknown.`];
  if (!isAddress(platformAddress, { strict: false })) return ['platformAddress is not an address.'];
  const badText = Object.entries(texts).find(([name, value]) => names.includes(name) && typeof value !== 'string');
  return badText ? [`${badText[0]} is not a string.`] : [];
}

function hasField(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name);
}

async function recover(signed: SignedReceipt): Promise<string | undefined> {
  try {
    return await recoverMessageAddress({
      message: { raw: countersignDigest(signed) },
      signature: signed.platformSignature as Hex,
    });
  } catch {
    return undefined;
  }
}

function disappointments(signed: SignedReceipt, { platformAddress, agentPublicKey, result }: Expectations): string[] {
  const problems: string[] = [];
  if (platformAddress && platformAddress.toLowerCase() !== signed.platformAddress.toLowerCase()) {
    problems.push(`The platform is ${signed.platformAddress}, expected was ${platformAddress}.`);
  }
  if (agentPublicKey && agentPublicKey !== signed.agentPublicKey) {
    problems.push(`The agent's key is ${signed.agentPublicKey}, expected was ${agentPublicKey}.`);
  }
  if (result !== undefined && hashOfResult(result) !== signed.receipt.resultHash) {
    problems.push('The result is not the one that the receipt was made for: its hash differs.');
  }
  return problems;
}
