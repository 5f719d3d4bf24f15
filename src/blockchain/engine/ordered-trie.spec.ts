import { MerklePatriciaTrie } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { keccak256 } from 'viem';
import fc from 'fast-check';
import { orderedTrieRoot } from './ordered-trie.js';

const hash = (bytes: Uint8Array): Uint8Array => keccak256(bytes, 'bytes');

describe('the root of a list', () => {
  it('is the one of the trie that holds rlp(index) to value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 80 }), { maxLength: 300 }), async (values) => {
        const trie = new MerklePatriciaTrie();
        for (const [index, value] of values.entries()) await trie.put(RLP.encode(index), value);
        expect(orderedTrieRoot(values, hash)).toEqual(trie.root());
      }),
      { numRuns: 60 },
    );
  });
});
