import { type Hex, encodeFunctionData } from 'viem';
import { jobEscrow } from '../../contract/job-escrow.js';
import { compile, type ContractArtefact } from '../compile.js';
import { contractsDirectory } from '../artefact.js';
import { TestChain, type Outcome, type Person } from './chain.js';

/** solc calls selfdestruct deprecated, but forcing coins upon a contract is the one use that it still has. */
const payees = compile('testing/Payees.sol', contractsDirectory, /selfdestruct/);

export type PayeeName = 'RefusesMoney' | 'BurnsGas' | 'ReturnsBomb' | 'CountsMoney' | 'Reenters' | 'Forces';

export const AIT = 10n ** 18n;
export const HOUR = 3600n;
export const STATE = { none: 0, locked: 1, settled: 2, withdrawn: 3 } as const;

export const bookingId = (n: number): Hex => `0x${n.toString(16).padStart(32, '0')}${'0'.repeat(32)}`;

export function callData(functionName: string, args: unknown[] = []): Hex {
  return encodeFunctionData({ abi: jobEscrow.abi, functionName, args } as Parameters<typeof encodeFunctionData>[0]);
}

/** A chain with an escrow and its participants, each with 1,000 AIT. */
export class EscrowWorld {
  chain: TestChain;
  escrow: Hex;
  arbiter: Person;
  client: Person;
  provider: Person;
  treasury: Person;
  stranger: Person;

  static async create(feeBps = 250n): Promise<EscrowWorld> {
    const world = new EscrowWorld();
    world.chain = await TestChain.start(jobEscrow.abi);
    world.arbiter = await world.chain.person(1_000n * AIT);
    world.client = await world.chain.person(1_000n * AIT);
    world.provider = await world.chain.person(1_000n * AIT);
    world.treasury = await world.chain.person(1_000n * AIT);
    world.stranger = await world.chain.person(1_000n * AIT);
    const args = [world.treasury.address, world.arbiter.address, feeBps];
    world.escrow = required((await world.chain.deploy(world.arbiter, jobEscrow, args)).created);
    return world;
  }

  get inOneHour(): bigint {
    return this.chain.now + HOUR;
  }

  call(from: Person, functionName: string, args: unknown[] = [], options: { value?: bigint; gas?: bigint } = {}) {
    return this.chain.send({ from, to: this.escrow, data: callData(functionName, args), ...options });
  }

  lock(amount: bigint, booking = bookingId(1), options: { from?: Person; provider?: Hex; expiresAt?: bigint } = {}) {
    const { from = this.client, provider = this.provider.address, expiresAt = this.inOneHour } = options;
    return this.call(from, 'lock', [booking, provider, expiresAt], { value: amount });
  }

  settle(providerGross: bigint, booking = bookingId(1), client = this.client.address): Promise<Outcome> {
    return this.call(this.arbiter, 'settle', [booking, client, providerGross]);
  }

  withdraw(booking = bookingId(1), from = this.client): Promise<Outcome> {
    return this.call(from, 'withdraw', [booking]);
  }

  async state(booking = bookingId(1), client = this.client.address) {
    const [state, provider, expiresAt, amount] = (await this.chain.read(this.escrow, 'escrowOf', [
      booking,
      client,
    ])) as [number, Hex, bigint, bigint];
    return { state, provider, expiresAt, amount };
  }

  credit(address: Hex): Promise<bigint> {
    return this.chain.read(this.escrow, 'credits', [address]) as Promise<bigint>;
  }

  held(): Promise<bigint> {
    return this.chain.balance(this.escrow);
  }

  /** Deploys one of the misbehaving payees. */
  async payee(name: PayeeName): Promise<Hex> {
    return required((await this.chain.deploy(this.stranger, payee(name))).created);
  }

  /** Makes a payee contract call the escrow. */
  through(actor: Hex, functionName: string, args: unknown[] = [], value = 0n): Promise<Outcome> {
    return this.callPayee('Reenters', actor, 'run', [this.escrow, callData(functionName, args)], value);
  }

  callPayee(name: PayeeName, at: Hex, functionName: string, args: unknown[] = [], value = 0n): Promise<Outcome> {
    const data = encodeFunctionData({ abi: payee(name).abi as never, functionName, args } as never);
    return this.chain.send({ from: this.stranger, to: at, data, value });
  }
}

export function payee(name: PayeeName): ContractArtefact {
  return required(payees[name]);
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the test world is incomplete');
  return value;
}
