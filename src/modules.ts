import type { Contract } from '@aitbc/modulith';
import type { Type } from '@nestjs/common';
import { agentsContract } from './agents/contract/index.js';
import { blockchainContract } from './blockchain/contract/index.js';
import { gatewayContract } from './gateway/contract/index.js';
import { marketplaceContract } from './marketplace/contract/index.js';
import { monitoringContract } from './monitoring/contract/index.js';
import { walletContract } from './wallet/contract/index.js';

export interface ModuleEntry {
  readonly contract: Contract;
  /** Its handlers and its data: loaded only where the module is hosted. */
  readonly load: () => Promise<Type>;
  /** Its routes: loaded only where the gateway is hosted. */
  readonly loadHttp: () => Promise<Type>;
}

/** All modules, each with its contract and the loaders of its two halves. */
export const modules: readonly ModuleEntry[] = [
  {
    contract: blockchainContract,
    load: async () => (await import('./blockchain/blockchain.module.js')).BlockchainModule,
    loadHttp: async () => (await import('./blockchain/http/blockchain-http.module.js')).BlockchainHttpModule,
  },
  {
    contract: walletContract,
    load: async () => (await import('./wallet/wallet.module.js')).WalletModule,
    loadHttp: async () => (await import('./wallet/http/wallet-http.module.js')).WalletHttpModule,
  },
  {
    contract: marketplaceContract,
    load: async () => (await import('./marketplace/marketplace.module.js')).MarketplaceModule,
    loadHttp: async () => (await import('./marketplace/http/marketplace-http.module.js')).MarketplaceHttpModule,
  },
  {
    contract: agentsContract,
    load: async () => (await import('./agents/agents.module.js')).AgentsModule,
    loadHttp: async () => (await import('./agents/http/agents-http.module.js')).AgentsHttpModule,
  },
  {
    contract: gatewayContract,
    load: async () => (await import('./gateway/gateway.module.js')).GatewayModule,
    loadHttp: async () => (await import('./gateway/http/gateway-http.module.js')).GatewayHttpModule,
  },
  {
    contract: monitoringContract,
    load: async () => (await import('./monitoring/monitoring.module.js')).MonitoringModule,
    loadHttp: async () => (await import('./monitoring/http/monitoring-http.module.js')).MonitoringHttpModule,
  },
];
