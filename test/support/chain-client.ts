import { type Chain, createPublicClient, createWalletClient, defineChain, http, type PrivateKeyAccount } from 'viem';
import { checkedFetch } from '../../src/blockchain/testing/checked-rpc.js';

/** The chain of a system, as any tool of Ethereum's is told about it. */
export function chainAt(url: string): Chain {
  return defineChain({
    id: 7733,
    name: 'AITBC',
    nativeCurrency: { name: 'AIT', symbol: 'AIT', decimals: 18 },
    rpcUrls: { default: { http: [`${url}/rpc`] } },
  });
}

export function publicClient(url: string) {
  return createPublicClient({
    chain: chainAt(url),
    transport: http(undefined, { fetchFn: checkedFetch }),
    pollingInterval: 100,
    cacheTime: 0,
  });
}

export function walletClient(url: string, account: PrivateKeyAccount) {
  return createWalletClient({ chain: chainAt(url), transport: http(undefined, { fetchFn: checkedFetch }), account });
}
