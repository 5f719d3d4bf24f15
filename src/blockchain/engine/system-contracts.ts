/**
 * Contracts that tools expect on every Ethereum chain, placed by the genesis with the code of their specifications.
 * Sources: EIP-4788, EIP-2935, and Arachnid's deterministic deployment proxy (the CREATE2 factory of Foundry and viem).
 */
export const BEACON_ROOTS_ADDRESS = '0x000f3df6d732807ef1319fb7b8bb8522d0beac02';
export const BLOCK_HASHES_ADDRESS = '0x0000f90827f1c53a10cb7a02335b175320002935';
export const CREATE2_PROXY_ADDRESS = '0x4e59b44847b379578588920ca78fbf26c0b4956c';

/** How many block hashes the EIP-2935 contract keeps in its ring. */
export const BLOCK_HASH_RING = 8191n;

export const SYSTEM_CONTRACTS: Readonly<Record<string, `0x${string}`>> = {
  [BEACON_ROOTS_ADDRESS]:
    '0x3373fffffffffffffffffffffffffffffffffffffffe14604d57602036146024575f5ffd5b5f35801560495762001fff810690815414603c575f5ffd5b62001fff01545f5260205ff35b5f5ffd5b62001fff42064281555f359062001fff015500',
  [BLOCK_HASHES_ADDRESS]:
    '0x3373fffffffffffffffffffffffffffffffffffffffe14604657602036036042575f35600143038111604257611fff81430311604257611fff9006545f5260205ff35b5f5ffd5b5f35611fff60014303065500',
  [CREATE2_PROXY_ADDRESS]:
    '0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3',
};
