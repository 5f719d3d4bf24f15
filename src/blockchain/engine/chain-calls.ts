import { type BlockHeader, createBlock } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import { EVMError, type EVM } from '@ethereumjs/evm';
import { createFeeMarket1559Tx } from '@ethereumjs/tx';
import { Address, bigIntMin, bytesToHex, createAddressFromString, createZeroAddress } from '@ethereumjs/util';
import { runTx, type RunTxResult } from '@ethereumjs/vm';
import { TRANSACTION_GAS_CAP } from './chain-common.js';
import { createChainVm } from './chain-vm.js';
import { EngineError } from './engine-error.js';
import type { StateOverlay } from './state-overlay.js';
import { openStateAt } from './tracked-state.js';

/** A call that is not a transaction: nobody signs it, nobody pays for it, nothing of it remains. */
export interface CallRequest {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly data: Uint8Array;
  readonly value: bigint;
  readonly gas?: bigint | undefined;
}

const TRANSFER_GAS = 21_000n;
const CALL_STIPEND = 2_300n;

/** Runs calls on the state that a block left behind. */
export class ChainCalls {
  constructor(
    private readonly common: Common,
    private readonly overlay: StateOverlay,
  ) {}

  /** @returns what the call returned. @throws EngineError 'execution_reverted' with its data, or 'execution_failed'. */
  async call(request: CallRequest, at: BlockHeader): Promise<Uint8Array> {
    const vm = await createChainVm(this.common, openStateAt(this.common, this.overlay, at.stateRoot));
    const { execResult } = await (vm.evm as EVM).runCall({
      block: freeOfCharge(at, this.common),
      caller: request.from === undefined ? createZeroAddress() : createAddressFromString(request.from),
      data: request.data,
      gasLimit: cappedGas(request.gas),
      skipBalance: true,
      value: request.value,
      ...(request.to === undefined ? {} : { to: createAddressFromString(request.to) }),
    });
    if (execResult.exceptionError !== undefined) throw failure(execResult.exceptionError, execResult.returnValue);
    return execResult.returnValue;
  }

  /**
   * The least gas limit with which the call succeeds, to within 1.5 %, as geth estimates it.
   * @throws EngineError when it fails whatever it is given, or moves more than the sender has.
   */
  async estimate(request: CallRequest, at: BlockHeader): Promise<bigint> {
    const from = request.from === undefined ? createZeroAddress() : createAddressFromString(request.from);
    await this.assertAffordable(request, from, at);
    let high = bigIntMin(cappedGas(request.gas), at.gasLimit);
    const widest = await this.attempt(request, from, at, high);
    const error = widest.execResult.exceptionError;
    if (error !== undefined) throw failure(error, widest.execResult.returnValue);
    let low = widest.totalGasSpent - 1n;
    if (low < TRANSFER_GAS) low = TRANSFER_GAS - 1n;
    const likely = ((widest.totalGasSpent + widest.gasRefund + CALL_STIPEND) * 64n) / 63n;
    if (widest.totalGasSpent === TRANSFER_GAS && request.data.length === 0) return TRANSFER_GAS;
    if (likely < high && (await this.succeeds(request, from, at, likely))) high = likely;
    while (low + 1n < high && (high - low) * 1000n > high * 15n) {
      const middle = (low + high) / 2n;
      if (await this.succeeds(request, from, at, middle)) high = middle;
      else low = middle;
    }
    return high;
  }

  private async succeeds(request: CallRequest, from: Address, at: BlockHeader, gas: bigint): Promise<boolean> {
    try {
      return (await this.attempt(request, from, at, gas)).execResult.exceptionError === undefined;
    } catch {
      return false; // less than the intrinsic gas
    }
  }

  private async attempt(request: CallRequest, from: Address, at: BlockHeader, gasLimit: bigint): Promise<RunTxResult> {
    const state = openStateAt(this.common, this.overlay, at.stateRoot);
    const vm = await createChainVm(this.common, state);
    const nonce = (await state.getAccount(from))?.nonce ?? 0n;
    const fields = {
      nonce,
      gasLimit,
      value: request.value,
      data: request.data,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
    };
    const to = request.to === undefined ? {} : { to: createAddressFromString(request.to) };
    const transaction = createFeeMarket1559Tx({ ...fields, ...to }, { common: this.common, freeze: false });
    transaction.getSenderAddress = () => from;
    return runTx(vm, {
      tx: transaction,
      block: freeOfCharge(at, this.common),
      skipBalance: true,
      skipHardForkValidation: true,
    });
  }

  private async assertAffordable(request: CallRequest, from: Address, at: BlockHeader): Promise<void> {
    if (request.value === 0n) return;
    const account = await openStateAt(this.common, this.overlay, at.stateRoot).getAccount(from);
    if ((account?.balance ?? 0n) >= request.value) return;
    throw new EngineError('insufficient_funds', 'insufficient funds for transfer');
  }
}

/** The block that the call sees: the given one, with a base fee of zero because the caller pays nothing. */
function freeOfCharge(at: BlockHeader, common: Common): ReturnType<typeof createBlock> {
  const { number, timestamp, coinbase, gasLimit, mixHash } = at;
  return createBlock({ header: { number, timestamp, coinbase, gasLimit, mixHash, baseFeePerGas: 0n } }, { common });
}

function cappedGas(gas: bigint | undefined): bigint {
  return gas === undefined || gas > TRANSACTION_GAS_CAP ? TRANSACTION_GAS_CAP : gas;
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
