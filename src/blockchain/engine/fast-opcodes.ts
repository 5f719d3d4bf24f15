import type { BlockHeader } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import type { EVM } from '@ethereumjs/evm';
import { type Address, createAddressFromBigInt } from '@ethereumjs/util';
import type { FrameState, GasHandler, Handler, RunState } from './run-frame.js';
import { store, storeGas } from './store-slot.js';
import { wordAt, writeWord } from './words.js';

type Memory = RunState['memory'];

const [ADDRESS, ORIGIN, CALLER, COINBASE, PREVRANDAO] = [0x30, 0x32, 0x33, 0x41, 0x44];
const [CALLDATALOAD, CALLDATACOPY, CODECOPY, EXTCODECOPY] = [0x35, 0x37, 0x39, 0x3c];
const [MLOAD, MSTORE, MSTORE8] = [0x51, 0x52, 0x53];
const SSTORE = 0x55;
const [PUSH0, PUSH32] = [0x5f, 0x7f];
const ADDRESSES = (1n << 160n) - 1n;

/**
 * EthereumJS pads what operations write by spreading it into a list, byte by byte: 32 KiB take 3 milliseconds for the
 * gas of 10 microseconds. It also converts bytes to numbers through hex text. These handlers do the same work without
 * either.
 */
const FASTER: Record<number, Handler> = {
  [ADDRESS]: (state: RunState): void => state.stack.push(addressWord(state.env.address)),
  [ORIGIN]: (state: RunState): void => state.stack.push(addressWord(state.env.origin)),
  [CALLER]: (state: RunState): void => state.stack.push(addressWord(state.env.caller)),
  [COINBASE]: (state: RunState): void => state.stack.push(addressWord(state.env.block.header.coinbase)),
  [PREVRANDAO]: (state: RunState): void =>
    state.stack.push(wordOf(state.env.block.header, ({ prevRandao }: BlockHeader) => prevRandao)),
  [CALLDATALOAD]: (state: RunState): void => {
    const from = state.stack.pop();
    const data = state.interpreter.getCallData();
    state.stack.push(from < BigInt(data.length) ? wordAt(data, Number(from), 32) : 0n);
  },
  [MLOAD]: (state: RunState): void => {
    const at = Number(state.stack.pop());
    state.memory.extend(at, 32);
    state.stack.push(wordAt(state.memory._store, at, 32));
  },
  [MSTORE]: (state: RunState): void => {
    const [offset, word] = state.stack.popN(2) as [bigint, bigint];
    const at = Number(offset);
    state.memory.extend(at, 32);
    writeWord(state.memory._store, at, word);
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

/** Zeros beyond the end of the source. */
function copy(memory: Memory, to: bigint, source: Uint8Array, from: bigint, length: bigint): void {
  if (length === 0n) return;
  const [at, size] = [Number(to), Number(length)];
  memory.extend(at, size);
  const start = from < BigInt(source.length) ? Number(from) : source.length;
  const part = source.subarray(start, start + size);
  memory._store.set(part, at);
  memory._store.fill(0, at + part.length, at + size);
}

const words = new WeakMap<object, bigint>();

/** An immutable property of an object, as a word. */
function wordOf(owner: object, bytes: (owner: never) => Uint8Array): bigint {
  const known = words.get(owner);
  if (known !== undefined) return known;
  const read = bytes(owner as never);
  const word = wordAt(read, 0, read.length);
  words.set(owner, word);
  return word;
}

const addressWord = (address: Address): bigint => wordOf(address, ({ bytes }: Address) => bytes);

/** Reading a word of at most six bytes is as fast as caching it. */
const NARROW = 6;

function push(state: FrameState): void {
  const length = state.opCode - PUSH0;
  const at = state.programCounter;
  state.programCounter = at + length;
  if (length <= NARROW || state.words === undefined) return state.stack.push(wordAt(state.code, at, length));
  let word = state.words.get(at);
  if (word === undefined) state.words.set(at, (word = wordAt(state.code, at, length)));
  state.stack.push(word);
}

type SyncGasHandler = (state: RunState, gas: bigint, common: Common) => bigint;

/** The gas for memory expansion of an operation, as in the yellow paper. */
function memoryGas(bytes: bigint): SyncGasHandler {
  return (state, gas, common) => {
    const wordCount = (state.stack.peek()[0]! + bytes + 31n) / 32n;
    if (wordCount <= state.memoryWordCount) return gas;
    const cost =
      wordCount * common.param('memoryGas') + (wordCount * wordCount) / common.param('quadCoefficientDivGas');
    const grown = cost - state.highestMemCost;
    state.highestMemCost = cost;
    state.memoryWordCount = wordCount;
    return gas + grown;
  };
}

/** Synchronous, unlike the library's. */
const FASTER_GAS: Record<number, SyncGasHandler> = {
  [MLOAD]: memoryGas(32n),
  [MSTORE]: memoryGas(32n),
  [MSTORE8]: memoryGas(1n),
};

/** Replaces slow operations by faster, equivalent ones. */
export function useFastOpcodes(evm: EVM): void {
  const operations = evm['_opcodeMap'];
  for (const [code, handler] of Object.entries(FASTER)) operations[Number(code)]!.opHandler = handler;
  for (let code = PUSH0 + 1; code <= PUSH32; code++) operations[code]!.opHandler = push as Handler;
  for (const [code, handler] of Object.entries(FASTER_GAS))
    operations[Number(code)]!.gasHandler = handler as unknown as GasHandler;
  operations[SSTORE] = { ...operations[SSTORE]!, gasHandler: storeGas, opHandler: store };
}
