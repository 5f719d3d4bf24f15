import type { BlockHeader } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import { EVMError } from '@ethereumjs/evm';
import { bigIntMin, bytesToHex } from '@ethereumjs/util';
import { runTx, type RunTxResult } from '@ethereumjs/vm';
import type { CallRequest } from './call-request.js';
import {
  admitContractAsSender,
  callBlock,
  callTransaction,
  leastGas,
  overrideState,
  senderOf,
} from './call-transaction.js';
import { TRANSACTION_GAS_CAP } from './chain-common.js';
import { createChainVm } from './chain-vm.js';
import { EngineError } from './engine-error.js';
import type { StateOverlay } from './state-overlay.js';
import type { TimeLimit } from './time-limit.js';
import { openStateAt } from './tracked-state.js';

const TRANSFER_GAS = 21_000n;
const CALL_STIPEND = 2_300n;

/** Runs calls on the state after a block, each as the equivalent transaction. */
export class ChainCalls {
  constructor(
    private readonly common: Common,
    private readonly overlay: StateOverlay,
    private readonly limit: TimeLimit,
  ) {}

  /**
   * @returns the return data. @throws EngineError 'execution_reverted' with its data, 'execution_failed' or
   * 'insufficient_funds'.
   */
  async call(request: CallRequest, at: BlockHeader): Promise<Uint8Array> {
    const gas = request.gas === undefined ? await this.mostGas(request, at) : cappedGas(request.gas);
    const { execResult } = await this.attempt(request, at, gas);
    if (execResult.exceptionError !== undefined) throw failure(execResult.exceptionError, execResult.returnValue);
    return execResult.returnValue;
  }

  /**
   * The lowest gas limit with which the call succeeds, to within 1.5 %, as geth estimates it.
   * @throws EngineError if it fails with any amount of gas, or moves more than the sender has.
   */
  async estimate(request: CallRequest, at: BlockHeader): Promise<bigint> {
    let high = await this.mostGas(request, at);
    const widest = await this.attempt(request, at, high).catch((error: unknown) => {
      throw error instanceof NotEnoughGas ? exceeds(high) : error;
    });
    const error = widest.execResult.exceptionError;
    if (error !== undefined) throw isOutOfGas(error) ? exceeds(high) : failure(error, widest.execResult.returnValue);
    let low = widest.totalGasSpent - 1n;
    if (low < TRANSFER_GAS) low = TRANSFER_GAS - 1n;
    const likely = ((widest.totalGasSpent + widest.gasRefund + CALL_STIPEND) * 64n) / 63n;
    if (widest.totalGasSpent === TRANSFER_GAS && request.data.length === 0) return TRANSFER_GAS;
    if (likely < high && (await this.succeeds(request, at, likely))) high = likely;
    while (low + 1n < high && (high - low) * 1000n > high * 15n) {
      const middle = (low + high) / 2n;
      if (await this.succeeds(request, at, middle)) high = middle;
      else low = middle;
    }
    return high;
  }

  private async succeeds(request: CallRequest, at: BlockHeader, gas: bigint): Promise<boolean> {
    try {
      return (await this.attempt(request, at, gas)).execResult.exceptionError === undefined;
    } catch (error) {
      if (error instanceof NotEnoughGas) return false;
      throw error;
    }
  }

  /** The maximum gas of the call, limited by what its sender can pay if it gives a price. */
  private async mostGas(request: CallRequest, at: BlockHeader): Promise<bigint> {
    const { gas, value, fees, blockOverrides } = request;
    const most = bigIntMin(cappedGas(gas), blockOverrides?.gasLimit ?? at.gasLimit);
    if (fees === undefined || fees.maxFeePerGas === 0n) return most;
    const state = openStateAt(this.common, this.overlay, at.stateRoot);
    await overrideState(state, request.stateOverrides);
    const balance = (await state.getAccount(senderOf(request)))?.balance ?? 0n;
    if (value > balance) throw poor(request, value, balance);
    return bigIntMin(most, (balance - value) / fees.maxFeePerGas);
  }

  /** @throws NotEnoughGas if the gas does not suffice to start, EngineError if the call cannot run at all. */
  private async attempt(request: CallRequest, at: BlockHeader, gasLimit: bigint): Promise<RunTxResult> {
    const state = openStateAt(this.common, this.overlay, at.stateRoot);
    await overrideState(state, request.stateOverrides);
    const { nonce = 0n, balance = 0n } = (await state.getAccount(senderOf(request))) ?? {};
    const transaction = callTransaction(request, gasLimit, nonce, this.common);
    const block = callBlock(request, at, this.common);
    const least = leastGas(transaction);
    if (gasLimit < least) throw new NotEnoughGas(gasLimit, least);
    const { maxFeePerGas } = transaction;
    if (maxFeePerGas < block.header.baseFeePerGas!) throw tooCheap(maxFeePerGas, block.header.baseFeePerGas!);
    const cost = request.value + gasLimit * maxFeePerGas;
    if (balance < cost) throw poor(request, cost, balance);
    const vm = await createChainVm(this.common, state, this.limit);
    admitContractAsSender(vm, transaction.getSenderAddress());
    return runTx(vm, { tx: transaction, block, skipHardForkValidation: true, skipBlockGasLimitValidation: true });
  }
}

class NotEnoughGas extends EngineError {
  constructor(have: bigint, want: bigint) {
    super('execution_failed', `intrinsic gas too low: have ${have}, want ${want}`);
  }
}

function cappedGas(gas: bigint | undefined): bigint {
  return gas === undefined || gas > TRANSACTION_GAS_CAP ? TRANSACTION_GAS_CAP : gas;
}

function isOutOfGas(error: EVMError): boolean {
  return error.error === EVMError.errorMessages.OUT_OF_GAS;
}

function exceeds(gas: bigint): EngineError {
  return new EngineError('execution_failed', `gas required exceeds allowance (${gas})`);
}

function poor(request: CallRequest, want: bigint, have: bigint): EngineError {
  const message = `insufficient funds for gas * price + value: address ${senderOf(request)} have ${have} want ${want}`;
  return new EngineError('insufficient_funds', message);
}

function tooCheap(maxFee: bigint, baseFee: bigint): EngineError {
  const message = `max fee per gas less than block base fee: maxFeePerGas: ${maxFee}, baseFee: ${baseFee}`;
  return new EngineError('execution_failed', message);
}

function failure(error: EVMError, returned: Uint8Array): EngineError {
  if (error.error !== EVMError.errorMessages.REVERT) return new EngineError('execution_failed', error.error);
  const reason = revertReason(returned);
  return new EngineError(
    'execution_reverted',
    reason === undefined ? 'execution reverted' : `execution reverted: ${reason}`,
    bytesToHex(returned),
  );
}

/** Text of a Solidity `Error(string)`, if the revert carries one. */
function revertReason(returned: Uint8Array): string | undefined {
  if (returned.length < 68 || bytesToHex(returned.subarray(0, 4)) !== '0x08c379a0') return undefined;
  const length = Number(BigInt(bytesToHex(returned.subarray(36, 68))));
  return Number.isSafeInteger(length) && returned.length >= 68 + length
    ? new TextDecoder().decode(returned.subarray(68, 68 + length))
    : undefined;
}
