import { EVMError, type EVM, type ExecResult, type Message } from '@ethereumjs/evm';
import { Account, createZeroAddress } from '@ethereumjs/util';
import { NOTHING_LIMITS, type TimeLimit } from './time-limit.js';

export type Handler = EVM['_opcodeMap'][number]['opHandler'];
export type RunState = Parameters<Handler>[0];
export type GasHandler = EVM['_opcodeMap'][number]['gasHandler'];
type Interpreter = RunState['interpreter'];
type InterpreterClass = new (
  evm: EVM,
  state: EVM['stateManager'],
  blockchain: EVM['blockchain'],
  environment: RunState['env'],
  gas: bigint,
  journal: EVM['journal'],
  logger: unknown,
) => Interpreter;

/** The analysis of a code: its jump destinations, and the wide words that it pushes, by position. */
interface CodeAnalysis {
  jumps: Uint8Array | undefined;
  readonly words: Map<number, bigint>;
}

/** The state of a frame run by this interpreter. */
export interface FrameState extends RunState {
  words?: CodeAnalysis['words'];
}

const [JUMP, JUMPI, JUMPDEST, PUSH1, PUSH32] = [0x56, 0x57, 0x5b, 0x60, 0x7f];

const ZERO = createZeroAddress();

const analyses = new WeakMap<Uint8Array, CodeAnalysis>();
let interpreters: Promise<InterpreterClass> | undefined;

/**
 * Replaces the frame execution of this EVM. EthereumJS awaits two promises per step, scans a code for jump destinations
 * on every call, and copies the state of a finished frame.
 */
export async function runFramesFast(evm: EVM, limit: TimeLimit = NOTHING_LIMITS): Promise<void> {
  interpreters ??= interpreterClass(evm);
  const Interpreter = await interpreters;
  evm['runInterpreter'] = (message) => runMessage(evm, Interpreter, message, limit);
}

/** The interpreter class is not exported: it is taken from a running instance. */
async function interpreterClass(evm: EVM): Promise<InterpreterClass> {
  const entry = evm['_opcodeMap'][JUMPDEST]!;
  const { opHandler } = entry;
  let interpreter: Interpreter | undefined;
  entry.opHandler = ((state: RunState) => void (interpreter = state.interpreter)) as Handler;
  await evm.runCode({ code: Uint8Array.of(JUMPDEST), gasLimit: 100n });
  entry.opHandler = opHandler;
  return interpreter!.constructor as InterpreterClass;
}

/** Like `EVM.runInterpreter`, without the frame's state in the result. */
async function runMessage(
  evm: EVM,
  Interpreter: InterpreterClass,
  message: Message,
  limit: TimeLimit,
): Promise<ExecResult> {
  const address = message.to ?? ZERO;
  const code = message.code as Uint8Array;
  const { gasPrice, origin } = evm['_tx']!;
  const environment = {
    address,
    caller: message.caller,
    callData: message.data,
    callValue: message.value,
    code,
    isStatic: message.isStatic,
    isCreate: message.isCreate,
    depth: message.depth,
    gasPrice,
    origin: origin ?? message.caller,
    block: evm['_block']!,
    contract: (await evm.stateManager.getAccount(address)) ?? new Account(),
    codeAddress: message.codeAddress,
    gasRefund: message.gasRefund,
    blobVersionedHashes: message.blobVersionedHashes ?? [],
    createdAddresses: message.createdAddresses,
  };
  const { stateManager, blockchain, journal } = evm;
  const logger = evm['performanceLogger'];
  const interpreter = new Interpreter(
    evm,
    stateManager,
    blockchain,
    environment as RunState['env'],
    message.gasLimit,
    journal,
    logger,
  );
  const result = interpreter['_result'];
  if (message.selfdestruct) result.selfdestruct = message.selfdestruct;
  if (message.createdAddresses) result.createdAddresses = message.createdAddresses;
  const { runState, exceptionError } = await runFrame(interpreter, code, limit);
  const failed = exceptionError !== undefined;
  const usesAll = failed && exceptionError.error !== EVMError.errorMessages.REVERT;
  return {
    logs: failed ? [] : result.logs,
    selfdestruct: failed ? new Map() : result.selfdestruct,
    createdAddresses: failed ? new Set() : result.createdAddresses,
    exceptionError,
    executionGasUsed: usesAll ? message.gasLimit : message.gasLimit - runState.gasLeft,
    gasRefund: runState.gasRefund,
    stateGasSpilled: runState.stateGasSpilled,
    returnValue: result.returnValue ?? new Uint8Array(0),
  };
}

/** Like `Interpreter.run`, with the rules of Osaka and without step events. */
async function runFrame(
  interpreter: Interpreter,
  code: Uint8Array,
  limit: TimeLimit,
): Promise<Awaited<ReturnType<Interpreter['run']>>> {
  const state = interpreter['_runState'] as FrameState;
  const common = interpreter['common'];
  const operations = interpreter._evm['_opcodeMap'];
  const analysis = analyses.get(code) ?? { jumps: undefined, words: new Map<number, bigint>() };
  analyses.set(code, analysis);
  state.code = code;
  state.words = analysis.words;
  if (analysis.jumps !== undefined) state.validJumps = analysis.jumps;
  try {
    while (state.programCounter < code.length) {
      const operation = code[state.programCounter]!;
      const { opcodeInfo, opHandler, gasHandler } = operations[operation]!;
      state.opCode = operation;
      if ((operation === JUMP || operation === JUMPI) && analysis.jumps === undefined)
        state.validJumps = analysis.jumps = jumpsOf(code);
      let gas = opcodeInfo.feeBigInt;
      if (opcodeInfo.dynamicGas) {
        const dynamic = gasHandler(state, gas, common) as Promise<bigint> | bigint;
        gas = typeof dynamic === 'bigint' ? dynamic : await dynamic;
      }
      if (opcodeInfo.isInvalid) throw new EVMError(EVMError.errorMessages.INVALID_OPCODE);
      state.gasLeft -= gas;
      if (state.gasLeft < 0n) {
        state.gasLeft = 0n;
        throw new EVMError(EVMError.errorMessages.OUT_OF_GAS);
      }
      state.programCounter++;
      if (opcodeInfo.isAsync) {
        limit.look();
        await opHandler(state, common);
      } else {
        limit.step();
        void opHandler(state, common);
      }
    }
  } catch (error) {
    if (!(error instanceof EVMError)) throw error;
    if (error.error !== EVMError.errorMessages.STOP) return { runState: state, exceptionError: error };
  }
  return { runState: state, exceptionError: undefined };
}

function jumpsOf(code: Uint8Array): Uint8Array {
  const jumps = new Uint8Array(code.length);
  for (let at = 0; at < code.length; at++) {
    const operation = code[at]!;
    if (operation === JUMPDEST) jumps[at] = 1;
    else if (operation >= PUSH1 && operation <= PUSH32) at += operation - PUSH1 + 1;
  }
  return jumps;
}
