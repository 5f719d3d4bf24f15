import { HDKey } from '@scure/bip32';
import { generateMnemonic, mnemonicToSeed, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { privateKeyToAddress } from 'viem/accounts';
import { bytesToHex, type Address } from 'viem';

/** An account derived from a mnemonic. */
export interface Account {
  readonly privateKey: Uint8Array;
  readonly address: Address;
}

/** Twelve words from 128 random bits. */
export function newMnemonic(): string {
  return generateMnemonic(wordlist, 128);
}

/** The words in BIP-39 form, or undefined if they are not a mnemonic: an unknown word, or a wrong checksum. */
export function readMnemonic(text: string): string | undefined {
  const words = text.normalize('NFKD').trim().toLowerCase().split(/\s+/).join(' ');
  return validateMnemonic(words, wordlist) ? words : undefined;
}

/** Account `index` on the path that Ethereum wallets share: m/44'/60'/0'/0/index (BIP-44). */
export async function accountOf(mnemonic: string, index = 0): Promise<Account> {
  const seed = await mnemonicToSeed(mnemonic);
  const { privateKey } = HDKey.fromMasterSeed(seed).derive(`m/44'/60'/0'/0/${index}`);
  if (!privateKey) throw new Error('The mnemonic leads to no private key.');
  return { privateKey, address: privateKeyToAddress(bytesToHex(privateKey)) };
}
