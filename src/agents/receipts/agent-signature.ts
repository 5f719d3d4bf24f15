import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { receiptBytes, type AgentSignedReceipt, type Receipt } from './receipt.js';

const base64urlOf32Bytes = /^[\w-]{43}$/;
const base64urlOf64Bytes = /^[\w-]{86}$/;

/** Signs a receipt with an agent's Ed25519 key. */
export function signReceipt(receipt: Receipt, privateKey: KeyObject): AgentSignedReceipt {
  return {
    receipt,
    agentSignature: sign(null, receiptBytes(receipt), privateKey).toString('base64url'),
    agentPublicKey: publicKeyOf(privateKey),
  };
}

/** Whether the receipt's key made the signature. False for invalid keys or signatures. */
export function agentSigned({ receipt, agentSignature, agentPublicKey }: AgentSignedReceipt): boolean {
  if (!isAgentPublicKey(agentPublicKey) || !base64urlOf64Bytes.test(agentSignature)) return false;
  try {
    return verify(null, receiptBytes(receipt), toKey(agentPublicKey), Buffer.from(agentSignature, 'base64url'));
  } catch {
    return false;
  }
}

/** The public half of an Ed25519 key: 32 bytes as base64url. */
export function publicKeyOf(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  return x!;
}

/**
 * Whether only the key's owner can sign with it. For a point of low order there are signatures that fit every text, so
 * that anyone who names it could have a receipt for anything.
 */
export function isAgentPublicKey(text: string): boolean {
  if (!base64urlOf32Bytes.test(text)) return false;
  try {
    return !ed25519.Point.fromBytes(Buffer.from(text, 'base64url')).isSmallOrder();
  } catch {
    return false;
  }
}

const toKey = (publicKey: string) =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
