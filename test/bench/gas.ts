import { createBlock } from '@ethereumjs/block';
import { createAccount, createAddressFromString } from '@ethereumjs/util';
import type { EVM } from '@ethereumjs/evm';
import { createChainCommon, MOST_NANOSECONDS_PER_GAS } from '../../src/blockchain/engine/chain-common.js';
import { loadChainCrypto } from '../../src/blockchain/engine/chain-crypto.js';
import { createChainVm } from '../../src/blockchain/engine/chain-vm.js';
import { developmentGenesis } from '../../src/blockchain/engine/genesis.js';
import { StateOverlay } from '../../src/blockchain/engine/state-overlay.js';
import { openHeadState } from '../../src/blockchain/engine/tracked-state.js';
import { TimeLimit } from '../../src/blockchain/engine/time-limit.js';
import { machine } from './measure.js';
import { type Program, programs } from './gas-programs.js';

/*
 * Nanoseconds of execution per gas of every opcode and precompile, as a contract that does nothing else would have it:
 * what is above the limit would let a transaction stop the chain for its price.
 */

/** Of a run, for what does not need more to do its work a few times. */
const GAS = 1_000_000n;
const ROUNDS = 3;

const crypto = await loadChainCrypto();
const genesis = developmentGenesis('0x00000000000000000000000000000000000000f0', []);
const common = createChainCommon(genesis, crypto);
const state = openHeadState(common, new StateOverlay(async () => undefined), new Uint8Array());
const { evm } = (await createChainVm(common, state, new TimeLimit())) as { evm: EVM };
const to = createAddressFromString('0x00000000000000000000000000000000000c0de0');
const caller = createAddressFromString('0x00000000000000000000000000000000000ca11e');
const block = createBlock(
  { header: { number: 300n, timestamp: 1_760_000_000n, gasLimit: 60_000_000n, baseFeePerGas: 7n }, withdrawals: [] },
  { common },
);

/** The least of the rounds: what else the machine does can only add to them. */
async function nanosecondsPerGas({ code, others = [], gas: gasLimit = GAS }: Program): Promise<number> {
  const measured: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    await evm.journal.checkpoint();
    for (const [address, other] of [[to.toString(), code] as const, ...others]) {
      const at = createAddressFromString(address);
      await state.putAccount(at, createAccount({ nonce: 1n, balance: 10n ** 18n }));
      await state.putCode(at, other);
    }
    const began = process.cpuUsage();
    const { execResult } = await evm.runCall({ to, caller, gasLimit, block });
    // Of the processor, not of the clock: a machine that is busy otherwise measures the same.
    const { user, system } = process.cpuUsage(began);
    await evm.journal.revert();
    evm.journal.cleanJournal();
    if (round > 0) measured.push(((user + system) * 1e3) / Number(execResult.executionGasUsed));
  }
  return Math.min(...measured);
}

const results: { name: string; nanoseconds: number }[] = [];
const all = await programs();
// What runs first would pay for the compilation of what all share.
for (const program of all.slice(0, 20)) await nanosecondsPerGas(program);
for (const program of all) results.push({ name: program.name, nanoseconds: await nanosecondsPerGas(program) });
results.sort((left, right) => right.nanoseconds - left.nanoseconds);
console.log(`\nNanoseconds per gas (limit ${MOST_NANOSECONDS_PER_GAS})\n${machine()}\n`);
for (const { name, nanoseconds } of results) {
  const mark = nanoseconds > MOST_NANOSECONDS_PER_GAS ? ' too slow for its price' : '';
  console.log(`  ${name.padEnd(50)} ${nanoseconds.toFixed(1).padStart(10)}${mark}`);
}
if (process.argv.includes('--json')) console.log(JSON.stringify({ machine: machine(), results }));
