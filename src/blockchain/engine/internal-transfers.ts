import type { EVM, EVMResult, Message } from '@ethereumjs/evm';
import type { InternalTransfer } from './packed-block.js';

interface Frame {
  transfer: InternalTransfer | undefined;
  inner: InternalTransfer[];
}

/** Records the value moved by calls inside a transaction; discards transfers of reverted calls. */
export class InternalTransfers {
  private frames: Frame[] = [];
  private completed: InternalTransfer[] = [];

  constructor(evm: EVM) {
    evm.events.on('beforeMessage', (message: Message) => this.enter(message));
    evm.events.on('afterMessage', (result: EVMResult) => this.leave(result));
  }

  /** The transfers of the last transaction, in the order in which the calls returned. */
  take(): InternalTransfer[] {
    const taken = this.completed;
    this.frames = [];
    this.completed = [];
    return taken;
  }

  private enter(message: Message): void {
    const moves = message.depth > 0 && message.value > 0n && !message.delegatecall;
    const from = message.caller.toString();
    this.frames.push({
      transfer: moves ? { from, to: message.to?.toString() ?? '', value: message.value } : undefined,
      inner: [],
    });
  }

  private leave(result: EVMResult): void {
    const frame = this.frames.pop();
    if (frame === undefined || result.execResult.exceptionError !== undefined) return;
    const moved = frame.transfer === undefined ? frame.inner : [addressed(frame.transfer, result), ...frame.inner];
    (this.frames.at(-1)?.inner ?? this.completed).push(...moved);
  }
}

/** The address of a contract that a call creates is only known once it exists. */
function addressed(transfer: InternalTransfer, result: EVMResult): InternalTransfer {
  return transfer.to === '' ? { ...transfer, to: result.createdAddress?.toString() ?? '' } : transfer;
}
