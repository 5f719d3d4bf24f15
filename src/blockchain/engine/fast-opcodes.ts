import type { EVM } from '@ethereumjs/evm';
import { createAddressFromBigInt } from '@ethereumjs/util';

type Handler = EVM['_opcodeMap'][number]['opHandler'];
type RunState = Parameters<Handler>[0];
type Memory = RunState['memory'];

const CALLDATACOPY = 0x37;
const CODECOPY = 0x39;
const EXTCODECOPY = 0x3c;
const MSTORE = 0x52;
/** CALL, CALLCODE, DELEGATECALL, STATICCALL. */
const CALLS = [0xf1, 0xf2, 0xf4, 0xfa];
const ADDRESSES = (1n << 160n) - 1n;

/**
 * EthereumJS pads what these operations write by spreading it into a list, byte by byte: 32 KiB take 3 milliseconds for
 * the gas of 10 microseconds. These do the same with the arrays' own copies.
 */
const FASTER: Record<number, Handler> = {
  [MSTORE]: (state: RunState): void => {
    const [offset, word] = state.stack.popN(2) as [bigint, bigint];
    const at = Number(offset);
    state.memory.extend(at, 32);
    const { buffer, byteOffset } = state.memory._store;
    const view = new DataView(buffer, byteOffset + at, 32);
    // Each takes the lowest 64 bits of what it is given.
    view.setBigUint64(0, word >> 192n);
    view.setBigUint64(8, word >> 128n);
    view.setBigUint64(16, word >> 64n);
    view.setBigUint64(24, word);
  },
  [CALLDATACOPY]: (state: RunState): void => {
    const [to, from, length] = state.stack.popN(3) as [bigint, bigint, bigint];
    copy(state.memory, to, state.interpreter.getCallData(), from, length);
  },
  [CODECOPY]: (state: RunState): void => {
    const [to, from, length] = state.stack.popN(3) as [bigint, bigint, bigint];
    copy(state.memory, to, state.interpreter.getCode(), from, length);
  },
  [EXTCODECOPY]: async (state: RunState): Promise<void> => {
    const [address, to, from, length] = state.stack.popN(4) as [bigint, bigint, bigint, bigint];
    if (length === 0n) return;
    const code = await state.stateManager.getCode(createAddressFromBigInt(address & ADDRESSES));
    copy(state.memory, to, code, from, length);
  },
};

/** Zeros where the source has ended. */
function copy(memory: Memory, to: bigint, source: Uint8Array, from: bigint, length: bigint): void {
  if (length === 0n) return;
  const [at, size] = [Number(to), Number(length)];
  memory.extend(at, size);
  const start = from < BigInt(source.length) ? Number(from) : source.length;
  const part = source.subarray(start, start + size);
  memory._store.set(part, at);
  memory._store.fill(0, at + part.length, at + size);
}

type Interpreter = RunState['interpreter'];
type JumpAnalysis = ReturnType<Interpreter['_getValidJumpDestinations']>;

/** By EVM: what is known of a code names the operations of the one that runs it. */
const analyses = new WeakMap<EVM, WeakMap<Uint8Array, JumpAnalysis>>();
const REMEMBERS = Symbol('remembers');

/**
 * EthereumJS reads through a code for the places that it may jump to whenever it is called: 24 KiB take a millisecond
 * for the price of a call.
 */
function rememberJumps(interpreter: Interpreter): void {
  const prototype = Object.getPrototypeOf(interpreter) as Interpreter & { [REMEMBERS]?: true };
  if (prototype[REMEMBERS]) return;
  prototype[REMEMBERS] = true;
  const analyse = prototype._getValidJumpDestinations;
  prototype._getValidJumpDestinations = function (this: Interpreter, code) {
    const ofEvm = analyses.get(this._evm) ?? new WeakMap<Uint8Array, JumpAnalysis>();
    analyses.set(this._evm, ofEvm);
    const known = ofEvm.get(code) ?? analyse.call(this, code);
    ofEvm.set(code, known);
    return known;
  };
}

/** Puts faster operations, which do the same, in the place of slow ones. */
export function useFastOpcodes(evm: EVM): void {
  for (const code of CALLS) {
    const entry = evm['_opcodeMap'][code]!;
    const { opHandler } = entry;
    entry.opHandler = ((state: RunState, common: never) => {
      rememberJumps(state.interpreter);
      return opHandler(state, common);
    }) as Handler;
  }
  for (const [code, handler] of Object.entries(FASTER)) evm['_opcodeMap'][Number(code)]!.opHandler = handler;
}
