import { type BlockHeader, createBlockHeaderFromRLP } from '@ethereumjs/block';
import type { Common, Proof } from '@ethereumjs/common';
import { bytesToHex, hexToBytes } from '@ethereumjs/util';
import type { CallRequest } from './call-request.js';
import { ChainCalls } from './chain-calls.js';
import { createChainCommon } from './chain-common.js';
import { loadChainCrypto } from './chain-crypto.js';
import type { Genesis } from './genesis.js';
import { type AccountState, readAccount, readCode, readProof, readStorage } from './state-reads.js';
import { type NodeReader, StateOverlay } from './state-overlay.js';
import type { TimeLimit } from './time-limit.js';
import { openStateAt } from './tracked-state.js';

const CACHED_NODES = 20_000;

/** Reads the state after stored blocks. Every read identifies its block by header, RLP in hex. */
export class ChainReader {
  private readonly overlay: StateOverlay;
  private readonly calls: ChainCalls;

  private constructor(
    private readonly common: Common,
    readNode: NodeReader,
    limit: TimeLimit,
  ) {
    this.overlay = new StateOverlay(readNode, CACHED_NODES);
    this.calls = new ChainCalls(common, this.overlay, limit);
  }

  /** @param limit interrupts calls; the caller starts it. */
  static async open(genesis: Genesis, readNode: NodeReader, limit: TimeLimit): Promise<ChainReader> {
    return new ChainReader(createChainCommon(genesis, await loadChainCrypto()), readNode, limit);
  }

  async account(address: string, at: string): Promise<AccountState> {
    return readAccount(this.stateAt(at), address);
  }

  async code(address: string, at: string): Promise<string> {
    return readCode(this.stateAt(at), address);
  }

  async storage(address: string, slot: bigint, at: string): Promise<string> {
    return readStorage(this.stateAt(at), address, slot);
  }

  async proof(address: string, slots: readonly bigint[], at: string): Promise<Proof> {
    return readProof(this.stateAt(at), address, slots);
  }

  async call(request: CallRequest, at: string): Promise<string> {
    return bytesToHex(await this.calls.call(request, this.parseHeader(at)));
  }

  async estimateGas(request: CallRequest, at: string): Promise<bigint> {
    return this.calls.estimate(request, this.parseHeader(at));
  }

  private stateAt(at: string): ReturnType<typeof openStateAt> {
    return openStateAt(this.common, this.overlay, this.parseHeader(at).stateRoot);
  }

  private parseHeader(rlp: string): BlockHeader {
    return createBlockHeaderFromRLP(hexToBytes(rlp as `0x${string}`), { common: this.common });
  }
}
