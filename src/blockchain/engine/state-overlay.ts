import { RLP } from '@ethereumjs/rlp';
import {
  type BatchDBOp,
  bytesToUnprefixedHex,
  type DB,
  equalsBytes,
  KECCAK256_NULL,
  KECCAK256_RLP,
  unprefixedHexToBytes,
} from '@ethereumjs/util';
import { LRUCache } from 'lru-cache';

/** Reads a committed trie node or code by its key; the table behind the overlay. */
export type NodeReader = (key: Uint8Array) => Promise<Uint8Array | undefined>;

/** A trie node (key: its hash) or a contract's code (key: 'c' and its hash), as stored. */
export interface StateNode {
  key: Uint8Array;
  value: Uint8Array;
}

const CODE_PREFIX = '63';
const CACHED_NODES = 50_000;

/**
 * The storage of the state tries: the open block's writes, then recently used nodes, then the table. Nodes are named by
 * their hash, so reading at any root is safe while a block is being built; nothing is ever deleted.
 */
export class StateOverlay implements DB<string, Uint8Array> {
  private readonly pending = new Map<string, Uint8Array>();
  private readonly recent: LRUCache<string, Uint8Array>;

  constructor(
    private readonly read: NodeReader,
    cachedNodes = CACHED_NODES,
  ) {
    this.recent = new LRUCache({ max: cachedNodes });
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const known = this.pending.get(key) ?? this.recent.get(key);
    if (known !== undefined) return known;
    const stored = await this.read(unprefixedHexToBytes(key));
    if (stored !== undefined) this.recent.set(key, stored);
    return stored;
  }

  async put(key: string, value: Uint8Array): Promise<void> {
    this.pending.set(key, value);
  }

  async del(): Promise<void> {}

  async batch(operations: BatchDBOp<string, Uint8Array>[]): Promise<void> {
    for (const operation of operations) if (operation.type === 'put') this.pending.set(operation.key, operation.value);
  }

  shallowCopy(): StateOverlay {
    return this;
  }

  async open(): Promise<void> {}

  /** The open block's nodes that are reachable from its state root: exactly these must be stored. */
  newNodes(stateRoot: Uint8Array): StateNode[] {
    const reached = new Map<string, Uint8Array>();
    this.collectTrie(bytesToUnprefixedHex(stateRoot), reached, (account) => this.collectAccount(account, reached));
    return [...reached].map(([key, value]) => ({ key: unprefixedHexToBytes(key), value }));
  }

  /** After the commit: pending nodes are stored, and stay cached. */
  keep(nodes: readonly StateNode[]): void {
    for (const { key, value } of nodes) this.recent.set(bytesToUnprefixedHex(key), value);
    this.pending.clear();
  }

  /** Discards the open block's writes. */
  drop(): void {
    this.pending.clear();
  }

  private collectTrie(hash: string, reached: Map<string, Uint8Array>, onLeaf: (value: Uint8Array) => void): void {
    const node = this.pending.get(hash);
    if (node === undefined || reached.has(hash)) return;
    reached.set(hash, node);
    this.collectChildren(RLP.decode(node) as TrieNode, reached, onLeaf);
  }

  private collectChildren(node: TrieNode, reached: Map<string, Uint8Array>, onLeaf: (value: Uint8Array) => void): void {
    if (node.length === 2) {
      if (isLeaf(node[0] as Uint8Array)) onLeaf(node[1] as Uint8Array);
      else this.collectChild(node[1]!, reached, onLeaf);
      return;
    }
    for (const child of node.slice(0, 16)) this.collectChild(child, reached, onLeaf);
  }

  private collectChild(
    child: Uint8Array | TrieNode,
    reached: Map<string, Uint8Array>,
    onLeaf: (value: Uint8Array) => void,
  ): void {
    if (Array.isArray(child)) this.collectChildren(child, reached, onLeaf);
    else if (child.length === 32) this.collectTrie(bytesToUnprefixedHex(child), reached, onLeaf);
  }

  private collectAccount(account: Uint8Array, reached: Map<string, Uint8Array>): void {
    const [, , storageRoot, codeHash] = RLP.decode(account) as Uint8Array[];
    if (!equalsBytes(storageRoot!, KECCAK256_RLP))
      this.collectTrie(bytesToUnprefixedHex(storageRoot!), reached, () => undefined);
    if (equalsBytes(codeHash!, KECCAK256_NULL)) return;
    const codeKey = CODE_PREFIX + bytesToUnprefixedHex(codeHash!);
    const code = this.pending.get(codeKey);
    if (code !== undefined) reached.set(codeKey, code);
  }
}

/** A decoded node: branch (17 items) or leaf and extension (2 items); small nodes are embedded in their parent. */
type TrieNode = (Uint8Array | TrieNode)[];

/** Hex-prefix encoding: the second bit of the first nibble marks a leaf. */
function isLeaf(path: Uint8Array): boolean {
  return (path[0]! & 0x20) !== 0;
}
