import type { Common } from '@ethereumjs/common';
import { MerklePatriciaTrie } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { CacheType, Caches, MerkleStateManager } from '@ethereumjs/statemanager';
import { type Account, type Address, KECCAK256_RLP, unpadBytes, ValueEncoding } from '@ethereumjs/util';
import type { StateOverlay } from './state-overlay.js';

/**
 * Cache entries, several times what a full block can touch (60 million gas at 2,400 each are 25,000 accounts): the
 * library's caches lose changes evicted within a block, which produces a wrong state root.
 */
const CACHED_ACCOUNTS = 100_000;

export interface BalanceChange {
  address: string;
  before: bigint;
  after: bigint;
}

/** EthereumJS writes a slot into its trie on every store and again at the end of the block; the latter is enough. */
class CachedState extends MerkleStateManager {
  override async getStorage(address: Address, key: Uint8Array): Promise<Uint8Array> {
    const cached = this._caches!.storage!.get(address, key);
    if (cached === undefined) return super.getStorage(address, key);
    // RLP of at most 32 bytes: a small byte is itself, anything else has a length prefix.
    return cached.length === 1 && cached[0]! < 0x80 ? cached : cached.subarray(1);
  }

  override async putStorage(address: Address, key: Uint8Array, value: Uint8Array): Promise<void> {
    if ((await this.getAccount(address)) === undefined) throw new Error(`There is no account ${address.toString()}.`);
    this._caches!.storage!.put(address, key, RLP.encode(unpadBytes(value)));
  }
}

/** The state at the chain's head; records each account's balance before the open block changed it. */
export class TrackedState extends CachedState {
  private readonly before = new Map<string, { address: Address; balance: bigint }>();

  /** Checkpoints that are neither committed nor reverted. */
  openCheckpoints = 0;

  override async checkpoint(): Promise<void> {
    this.openCheckpoints += 1;
    await super.checkpoint();
  }

  override async commit(): Promise<void> {
    this.openCheckpoints -= 1;
    await super.commit();
  }

  override async revert(): Promise<void> {
    this.openCheckpoints -= 1;
    await super.revert();
  }

  override async putAccount(address: Address, account: Account | undefined): Promise<void> {
    await this.remember(address);
    await super.putAccount(address, account);
  }

  override async deleteAccount(address: Address): Promise<void> {
    await this.remember(address);
    await super.deleteAccount(address);
  }

  /** Balances changed since the start of the block, sorted by address. */
  async balanceChanges(): Promise<BalanceChange[]> {
    const changes: BalanceChange[] = [];
    for (const [hex, { address, balance }] of this.before) {
      const after = (await this.getAccount(address))?.balance ?? 0n;
      if (after !== balance) changes.push({ address: hex, before: balance, after });
    }
    return changes.sort((left, right) => (left.address < right.address ? -1 : 1));
  }

  forgetChanges(): void {
    this.before.clear();
  }

  private async remember(address: Address): Promise<void> {
    const hex = address.toString();
    if (!this.before.has(hex))
      this.before.set(hex, { address, balance: (await this.getAccount(address))?.balance ?? 0n });
  }
}

/** The state that blocks are executed on. */
export function openHeadState(common: Common, overlay: StateOverlay, root: Uint8Array): TrackedState {
  const caches = new Caches({
    account: { type: CacheType.LRU, size: CACHED_ACCOUNTS },
    storage: { type: CacheType.LRU, size: CACHED_ACCOUNTS },
    code: { type: CacheType.LRU, size: CACHED_ACCOUNTS },
  });
  return new TrackedState({ common, trie: openTrie(common, overlay, root), caches });
}

/** A throw-away state for calls at any stored root. Small caches: large ones allocate up front. */
export function openStateAt(common: Common, overlay: StateOverlay, root: Uint8Array): MerkleStateManager {
  const caches = new Caches({
    account: { type: CacheType.ORDERED_MAP, size: 1 },
    storage: { type: CacheType.ORDERED_MAP, size: 1 },
    code: { type: CacheType.ORDERED_MAP, size: 1 },
  });
  return new CachedState({ common, trie: openTrie(common, overlay, root), caches });
}

function openTrie(common: Common, overlay: StateOverlay, root: Uint8Array): MerklePatriciaTrie {
  return new MerklePatriciaTrie({
    common,
    db: overlay,
    root: root.length === 0 ? KECCAK256_RLP : root,
    useKeyHashing: true,
    valueEncoding: ValueEncoding.Bytes,
  });
}
