import { type Block, type BlockHeader, createBlock } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import type { MerkleStateManager } from '@ethereumjs/statemanager';
import {
  createEOACode7702Tx,
  createFeeMarket1559Tx,
  type EOACode7702Tx,
  type FeeMarket1559Tx,
  getMinimumGasLimit,
} from '@ethereumjs/tx';
import {
  Account,
  type Address,
  bigIntToUnpaddedBytes,
  createAddressFromString,
  createZeroAddress,
  hexToBytes,
  type PrefixedHexString,
  setLengthLeft,
} from '@ethereumjs/util';
import type { VM } from '@ethereumjs/vm';
import type { CallAuthorization, CallRequest, StateOverride } from './call-request.js';
import { EngineError } from './engine-error.js';

/** As on Ethereum (EIP-3860). */
const MOST_INITCODE = 49_152;
/** The code prefix of an account that delegates to other code under EIP-7702; such an account may send. */
const DELEGATION = hexToBytes('0xef0100');

type CallTransaction = FeeMarket1559Tx | EOACode7702Tx;

export function senderOf({ from }: CallRequest): Address {
  return from === undefined ? createZeroAddress() : createAddressFromString(from);
}

/** The unsigned transaction equivalent to a call. @throws EngineError if no amount of gas could make it valid. */
export function callTransaction(
  request: CallRequest,
  gasLimit: bigint,
  nonce: bigint,
  common: Common,
): CallTransaction {
  const { to, data, value, fees, accessList = [], authorizationList } = request;
  if (to === undefined && data.length > MOST_INITCODE) {
    throw refused(`max initcode size exceeded: code size ${data.length} limit ${MOST_INITCODE}`);
  }
  const fields = {
    nonce,
    gasLimit,
    value,
    data,
    maxFeePerGas: fees?.maxFeePerGas ?? 0n,
    maxPriorityFeePerGas: fees?.maxPriorityFeePerGas ?? 0n,
    accessList,
    ...(to === undefined ? {} : { to: createAddressFromString(to) }),
  };
  const from = senderOf(request);
  const options = { common, freeze: false };
  const transaction = readable(() =>
    authorizationList === undefined
      ? createFeeMarket1559Tx(fields as never, options)
      : createEOACode7702Tx(
          { ...fields, authorizationList: authorizationList.map(authorizationBytes) } as never,
          options,
        ),
  );
  transaction.getSenderAddress = () => from;
  return transaction;
}

/** The transaction's cost before its first step. */
export function leastGas(transaction: CallTransaction): bigint {
  return getMinimumGasLimit(transaction, transaction.getSenderAddress());
}

/** The block that the call sees: the given one, with a base fee of zero if the caller pays nothing. */
export function callBlock({ fees, blockOverrides = {} }: CallRequest, at: BlockHeader, common: Common): Block {
  const { number, timestamp, gasLimit, coinbase, prevRandao, baseFeePerGas } = blockOverrides;
  const header = {
    number: number ?? at.number,
    timestamp: timestamp ?? at.timestamp,
    gasLimit: gasLimit ?? at.gasLimit,
    coinbase: coinbase === undefined ? at.coinbase : createAddressFromString(coinbase),
    mixHash: prevRandao === undefined ? at.mixHash : hex(prevRandao),
    baseFeePerGas: fees === undefined ? 0n : (baseFeePerGas ?? at.baseFeePerGas ?? 0n),
  };
  return readable(() => createBlock({ header }, { common }));
}

/** Writes a call's overrides into its own throw-away state. */
export async function overrideState(
  state: MerkleStateManager,
  overrides: readonly StateOverride[] = [],
): Promise<void> {
  for (const { address: name, balance, nonce, code, storage } of overrides) {
    const address = createAddressFromString(name);
    const account = (await state.getAccount(address)) ?? new Account();
    account.balance = balance ?? account.balance;
    account.nonce = nonce ?? account.nonce;
    await state.putAccount(address, account);
    if (code !== undefined) await state.putCode(address, code);
    if (storage?.replace) await state.clearStorage(address);
    for (const [slot, value] of storage?.slots ?? []) {
      await state.putStorage(address, setLengthLeft(hexToBytes(hex(slot)), 32), hexToBytes(hex(value)));
    }
  }
}

/**
 * Lets a contract be the sender of a call: account abstraction and multi-signature wallets estimate what their contract
 * does next. EIP-3607 forbids this for transactions only, and the VM, unlike the EVM, reads its state for no other
 * purpose.
 */
export function admitContractAsSender(vm: VM, sender: Address): void {
  const { stateManager } = vm;
  const getCode = async (address: Address): Promise<Uint8Array> =>
    address.equals(sender) ? DELEGATION : stateManager.getCode(address);
  const admitting = new Proxy(stateManager, {
    get(target, name) {
      if (name === 'getCode') return getCode;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  Object.assign(vm, { stateManager: admitting });
}

function authorizationBytes(authorization: CallAuthorization): Uint8Array[] {
  const { chainId, address, nonce, yParity, r, s } = authorization;
  return [
    bigIntToUnpaddedBytes(chainId),
    hexToBytes(hex(address)),
    ...[nonce, yParity, r, s].map(bigIntToUnpaddedBytes),
  ];
}

function hex(text: string): PrefixedHexString {
  return text as PrefixedHexString;
}

/** The library rejects numbers that no transaction or block can have; its message ends with a dump of all fields. */
function readable<T>(create: () => T): T {
  try {
    return create();
  } catch (error) {
    throw refused((error as Error).message.replace(/ \((tx|block) .*$/s, ''));
  }
}

function refused(message: string): EngineError {
  return new EngineError('execution_failed', message);
}
