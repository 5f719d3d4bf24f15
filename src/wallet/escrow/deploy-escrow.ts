import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { getContractAddress } from 'viem';
import { Background } from '../background.js';
import { PlatformKey } from '../platform-key/platform-key.js';
import { Chain, type Quote } from '../transactions/chain.js';
import { DEPLOY_GAS } from '../transactions/fees.js';
import { TransactionDesk } from '../transactions/transaction-desk.js';
import { EscrowContract } from './escrow-contract.entity.js';
import { deployData, FEE_BASIS_POINTS, JOB_ESCROW_VERSION } from './job-escrow-calls.js';

const EVERY_MS = 2_000;
const CURRENT = { version: JOB_ESCROW_VERSION, status: In(['deploying', 'ready']) };

/** Deploys this release's JobEscrow with a transaction of the platform, once, at the first start. */
@Injectable()
export class DeployEscrow implements OnApplicationBootstrap {
  private readonly logger = new Logger(DeployEscrow.name);
  private done = false;

  constructor(
    @InjectRepository(EscrowContract, 'wallet') private readonly contracts: Repository<EscrowContract>,
    private readonly desk: TransactionDesk,
    private readonly chain: Chain,
    private readonly platform: PlatformKey,
    private readonly background: Background,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every('deploy-escrow', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    if (this.done) return;
    const chainId = await this.chain.id();
    const known = await this.contracts.findOneBy({ ...CURRENT, chainId });
    this.done = known?.status === 'ready';
    if (known) return this.giveUpIfLost(known);
    const quote = await this.chain.quote(this.platform.address);
    const address = await this.background.transaction(() => this.deploy(quote));
    if (address) this.logger.log(`deploying JobEscrow version ${JOB_ESCROW_VERSION} at ${address}`);
  }

  private async deploy(quote: Quote): Promise<string | undefined> {
    const { chainId } = quote;
    if (await this.contracts.existsBy({ ...CURRENT, chainId })) return undefined;
    const { address: arbiter, treasury, privateKey } = this.platform;
    const order = { kind: 'contract_deployment', purpose: uuidv7(), sender: arbiter, recipient: null } as const;
    const data = deployData(treasury, arbiter);
    const { nonce, hash } = await this.desk.sign({ ...order, amount: 0n, data, gas: DEPLOY_GAS }, quote, privateKey);
    const address = getContractAddress({ from: arbiter, nonce: BigInt(nonce) });
    const terms = { chainId, arbiter, treasury, feeBasisPoints: FEE_BASIS_POINTS, transactionHash: hash };
    await this.contracts.insert({
      address,
      version: JOB_ESCROW_VERSION,
      ...terms,
      status: 'deploying',
      blockNumber: null,
    });
    return address;
  }

  /** Another transaction of the platform's key took the nonce, and thus the address: the next run deploys again. */
  private async giveUpIfLost({ address, status, transactionHash }: EscrowContract): Promise<void> {
    if (status === 'ready' || !(await this.desk.hasFailed(transactionHash))) return;
    await this.background.transaction(() => this.contracts.update({ address }, { status: 'failed' }));
  }
}
