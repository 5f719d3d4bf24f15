import { EVMError } from '@ethereumjs/evm';
import type { GasHandler, Handler, RunState } from './run-frame.js';
import { bytesOf, wordAt } from './words.js';

/** SSTORE as in EIP-2200, EIP-2929 and EIP-3529. The library reads, pads and compares each slot several times. */
export const storeGas: GasHandler = async (state, gas, common) => {
  if (state.interpreter.isStatic()) throw new EVMError(EVMError.errorMessages.STATIC_STATE_CHANGE);
  const [slot, value] = state.stack.peek(2) as [bigint, bigint];
  if (state.gasLeft <= common.param('sstoreSentryEIP2200Gas')) throw new EVMError(EVMError.errorMessages.OUT_OF_GAS);
  const key = bytesOf(slot);
  const current = await currentOf(state, key);
  const original = toWord(await state.stateManager.originalStorageCache.get(state.env.address, key));
  return gas + accessGas(state, key, common) + changeGas(state, { original, current, value }, common);
};

export const store: Handler = async (state: RunState): Promise<void> => {
  const [slot, value] = state.stack.popN(2) as [bigint, bigint];
  const key = bytesOf(slot);
  if ((await currentOf(state, key)) !== value)
    await state.stateManager.putStorage(state.env.address, key, bytesOf(value));
};

type Common = Parameters<GasHandler>[2];

interface Change {
  readonly original: bigint;
  readonly current: bigint;
  readonly value: bigint;
}

const toWord = (bytes: Uint8Array): bigint => wordAt(bytes, 0, bytes.length);

async function currentOf({ stateManager, env }: RunState, key: Uint8Array): Promise<bigint> {
  return toWord(await stateManager.getStorage(env.address, key));
}

function accessGas({ interpreter: { journal }, env }: RunState, key: Uint8Array, common: Common): bigint {
  if (journal.isWarmedStorage(env.address.bytes, key)) return 0n;
  journal.addWarmedStorage(env.address.bytes, key);
  return common.param('coldsloadGas');
}

function changeGas({ interpreter }: RunState, { original, current, value }: Change, common: Common): bigint {
  const warmRead = common.param('warmstoragereadGas');
  if (value === current) return warmRead;
  const clearing = common.param('sstoreClearRefundEIP2200Gas');
  if (original === current) {
    if (original === 0n) return common.param('sstoreInitEIP2200Gas');
    if (value === 0n) interpreter.refundGas(clearing);
    return common.param('sstoreCleanEIP2200Gas');
  }
  if (original !== 0n && current === 0n) interpreter.subRefund(clearing);
  if (original !== 0n && value === 0n) interpreter.refundGas(clearing);
  if (original === value) interpreter.refundGas(restoredRefund(original, warmRead, common));
  return common.param('sstoreDirtyEIP2200Gas');
}

function restoredRefund(original: bigint, warmRead: bigint, common: Common): bigint {
  if (original === 0n) return common.param('sstoreInitEIP2200Gas') - warmRead;
  return common.param('sstoreResetGas') - common.param('coldsloadGas') - warmRead;
}
