import type { ClusterOptions } from '@aitbc/modulith/testing/cluster.js';
import { AppConfig, type Clock, PlatformModule, ProbesModule } from '@aitbc/platform';
import { agentsContract } from '../../agents/contract/index.js';
import { blockchainContract } from '../../blockchain/contract/index.js';
import { gatewayContract } from '../../gateway/contract/index.js';
import { marketplaceContract } from '../../marketplace/contract/index.js';
import { walletContract } from '../../wallet/contract/index.js';
import { monitoringContract } from '../contract/index.js';

/** Monitoring's environment: the contracts of the modules that it watches, configuration, a clock. */
export function monitoringSystem(clock: Clock): Pick<ClusterOptions, 'contracts' | 'imports'> {
  return {
    contracts: [
      agentsContract,
      blockchainContract,
      gatewayContract,
      marketplaceContract,
      walletContract,
      monitoringContract,
    ],
    imports: [PlatformModule.forRoot(new AppConfig({ NODE_ENV: 'test' }), clock), ProbesModule],
  };
}
