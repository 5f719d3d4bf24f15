import { setTimeout as pause } from 'node:timers/promises';
import { UnitOfWork } from '@aitbc/modulith';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { ChainNotReady } from '../contract/errors.js';
import { BlockCommitted } from '../contract/events.js';
import type { SealedBlock, SealRequest } from '../engine/chain-engine.js';
import type { ChainReader } from '../engine/chain-reader.js';
import type { ChainExecution, ReadCall } from '../engine/execution.js';
import type { PackedBlock, PackedHeader } from '../engine/packed-block.js';
import { type RunningExecution, startExecution } from '../engine/start-execution.js';
import { ChainReads } from '../reads/chain-reads.js';
import { BlockStore } from './block-store.js';
import { ChainSettings } from './chain-settings.js';
import type { StoredBlock } from './stored-block.entity.js';

/** The fields of the newest block that its successor depends on. */
export type Head = Pick<
  StoredBlock,
  'number' | 'hash' | 'header' | 'sealedAt' | 'gasUsed' | 'baseFee' | 'transactionCount'
>;

/** Reads at the newest stored block; with the header (RLP, hex) of an older one, reads at that block. */
type Reads = {
  [K in ReadCall]: (...args: WithOptionalLast<Parameters<ChainReader[K]>>) => ReturnType<ChainReader[K]>;
};
type WithOptionalLast<A> = A extends [...infer Given, string] ? [...Given, at?: string | undefined] : never;

/** The reads of a chain that is at its newest stored block. */
export type SettledChain = Reads & Pick<ChainExecution, 'check' | 'accounts'>;

/** The chain of this process: its engine, its newest block, and the import of blocks. */
@Injectable()
export class Chain implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Chain');
  private opening: Promise<RunningExecution>;
  private current: Head | undefined;
  private committing: Promise<void> = Promise.resolve();
  private turn: Promise<unknown> = Promise.resolve();
  private unresolved: PackedBlock | undefined;
  private readonly replaced: (() => void)[] = [];
  private stopping = false;

  constructor(
    readonly settings: ChainSettings,
    private readonly store: BlockStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventBus,
    private readonly reads: ChainReads,
  ) {}

  async onModuleInit(): Promise<void> {
    this.opening = this.open();
    await this.opening;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.committing;
    // Callers that wait for it to open get the error.
    const running = await this.opening.catch(() => undefined);
    await running?.stop();
  }

  /**
   * The chain as stored: a caller that has heard of a block and asks for its state must not get that of the block
   * before. Reads run outside the sealing engine and do not wait for it.
   */
  async settled(): Promise<SettledChain> {
    const { header } = await this.head();
    const { reads } = this;
    return {
      account: (address, at = header) => reads.read('account', address, at),
      code: (address, at = header) => reads.read('code', address, at),
      storage: (address, slot, at = header) => reads.read('storage', address, slot, at),
      proof: (address, slots, at = header) => reads.read('proof', address, slots, at),
      call: (request, at = header) => reads.read('call', request, at),
      estimateGas: (request, at = header) => reads.read('estimateGas', request, at),
      check: async (raws) => (await this.execution()).check(raws),
      accounts: async (addresses) => (await this.execution()).accounts(addresses),
    };
  }

  /**
   * Makes sure that this process knows the block. @throws ChainNotReady while it is not stored where this process reads
   */
  async reach(number: number): Promise<void> {
    if ((await this.head()).number >= number) return;
    await this.follow();
    if ((await this.head()).number < number) throw new ChainNotReady();
  }

  /** The newest stored block. */
  async head(): Promise<Head> {
    await this.committing;
    if (this.current === undefined) await this.opening;
    return this.current!;
  }

  /** The newest block known to this process; undefined if there is none. Does not need the engine. */
  async newest(): Promise<Head | undefined> {
    await this.committing;
    return this.current;
  }

  private async execution(): Promise<ChainExecution> {
    return (await this.opening).chain;
  }

  /** Builds, stores and announces the next block. @returns the transactions that could not run, by hash. */
  seal(request: SealRequest): Promise<SealedBlock> {
    return this.inTurn(async () => {
      const execution = await this.execution();
      if (this.unresolved !== undefined) await this.resolve(this.unresolved);
      const sealed = await execution.seal(request);
      await this.commit(sealed.packed);
      return sealed;
    });
  }

  /**
   * Verifies a foreign block in full and appends it to the chain. @throws EngineError 'invalid_block', without any
   * change.
   */
  import(block: Uint8Array, envelope: Uint8Array, now: number): Promise<PackedBlock> {
    return this.inTurn(async () => {
      const packed = await (await this.execution()).importBlock(block, envelope, now);
      await this.commit(packed);
      return packed;
    });
  }

  /** Moves to the stored head if it is not the one known to this process. @returns whether it moved. */
  follow(): Promise<boolean> {
    return this.inTurn(async () => {
      const execution = await this.execution();
      const newest = await this.store.head();
      if (newest === undefined || newest.hash === this.current!.hash) return false;
      await this.goTo(newest, execution);
      return true;
    });
  }

  /** @param act called when stored blocks have disappeared: what was read from them is no longer valid. */
  onReplaced(act: () => void): void {
    this.replaced.push(act);
  }

  private async goTo(stored: StoredBlock, execution: ChainExecution): Promise<void> {
    const { current } = this;
    await execution.follow(stored.header);
    this.current = stored;
    const isSuccessor =
      current && stored.number > current.number && (await this.store.hashOf(current.number)) === current.hash;
    if (!current || isSuccessor) return;
    this.logger.error(
      `The database no longer has block ${current.number} ${current.hash}: goes on from block ${stored.number} ${stored.hash}`,
    );
    for (const act of this.replaced) act();
  }

  /** Serialises blocks: the engine has one open at a time. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    // The next one runs whatever the outcome of this one.
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async open(): Promise<RunningExecution> {
    const { genesis, validatorKey, source } = this.settings;
    const head = await this.store.head();
    const running = await startExecution({
      genesis,
      source,
      validatorKey,
      head: head?.header,
    });
    this.current = head;
    if (head === undefined) await this.begin(running.chain);
    await this.assertSameChain(running.chain);
    void running.ended.then((reason) => this.onEnded(reason));
    return running;
  }

  private async begin(execution: ChainExecution): Promise<void> {
    const genesis = await execution.openGenesis();
    try {
      await this.commitTo(execution, genesis);
    } catch (error) {
      if (this.current === undefined) throw error; // no other caller has begun it
    }
  }

  private async assertSameChain(execution: ChainExecution): Promise<void> {
    const [stored, configured] = [await this.store.hashOf(0), await execution.genesisHash()];
    if (stored === configured) return;
    throw new Error(`The database holds another chain: its genesis is ${stored}, the configured one ${configured}.`);
  }

  private async commit(packed: PackedBlock): Promise<void> {
    const execution = await this.execution();
    const commit = this.commitTo(execution, packed);
    // The caller gets the error; the shutdown only waits for completion.
    this.committing = commit.catch(() => undefined);
    await commit;
  }

  private async commitTo(execution: ChainExecution, packed: PackedBlock): Promise<void> {
    const { number, hash } = packed.block;
    try {
      await this.unitOfWork.run(async () => {
        await this.store.store(packed);
        this.events.publish(BlockCommitted.of({ chain: 'main', number, hash }));
      });
      await execution.acknowledge(hash);
      this.current = headOf(packed.block);
    } catch (error) {
      this.unresolved = packed;
      if (!(await this.resolve(packed, execution))) throw error;
    }
  }

  /** After a commit that failed or has an unknown outcome, asks the database. @returns whether the block is stored. */
  private async resolve(packed: PackedBlock, execution?: ChainExecution): Promise<boolean> {
    const engine = execution ?? (await this.execution());
    const stored = await this.store.head();
    const isStored = stored?.hash === packed.block.hash;
    if (isStored) await engine.acknowledge(packed.block.hash);
    else if (stored === undefined || stored.hash === this.current?.hash) await engine.abandon();
    else await this.goTo(stored, engine);
    this.current = stored;
    this.unresolved = undefined;
    return isStored;
  }

  private onEnded(reason: Error | undefined): void {
    if (reason === undefined || this.stopping) return;
    this.logger.error('The engine is opened anew', reason.stack);
    this.unresolved = undefined;
    this.opening = this.openAgain();
    // The next caller of the engine gets the error.
    this.opening.catch(() => undefined);
  }

  /** Retries until it succeeds: the cause, such as a restarting database, may last a while. */
  private async openAgain(): Promise<RunningExecution> {
    for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 5_000)) {
      try {
        return await this.open();
      } catch (error) {
        this.logger.error('The engine cannot be opened', (error as Error).stack);
        if (this.stopping) throw error;
        await pause(waitMs);
      }
    }
  }
}

function headOf(block: PackedHeader): Head {
  const { number, hash, header, gasUsed, baseFee, transactionCount, timestamp } = block;
  return { number, hash, header, gasUsed, baseFee, transactionCount, sealedAt: new Date(timestamp * 1000) };
}

/** Unix seconds, the unit of block timestamps. */
export function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
