import { hexToBytes } from '@ethereumjs/util';
import { keccak256, parseGwei } from 'viem';
import { Chain } from '../chain/chain.js';
import { LOGGING_CONTRACT } from './test-chain.js';
import { ChainProcess } from './start-chain.js';

// Seals blocks as fast as possible in the given folder, and prints the number of each once it is stored.
const process_ = await ChainProcess.start({
  directory: process.argv[2]!,
  environment: process.env as Record<string, string>,
});
const chain = process_.context.get(Chain, { strict: false });
// The module itself seals the heartbeat right after the genesis.
while ((await chain.head()).number === 0) await new Promise((resolve) => setTimeout(resolve, 5));

for (;;) {
  const head = await chain.head();
  const nonce = Number((await (await chain.settled()).account(process_.faucet.address)).nonce);
  const raws = await Promise.all([0, 1, 2, 3, 4, 5].map((offset) => sign(nonce + offset, offset % 2 === 0)));
  const transactions = raws.map((raw) => ({ hash: keccak256(raw), raw: hexToBytes(raw) }));
  const { packed } = await chain.seal({ transactions, now: head.sealedAt.getTime() / 1000 + 1, budgetMs: 60_000 });
  process.stdout.write(`${packed.block.number}\n`);
}

function sign(nonce: number, deploy: boolean): Promise<`0x${string}`> {
  const fees = { maxFeePerGas: parseGwei('2'), maxPriorityFeePerGas: parseGwei('1') };
  const what = deploy
    ? { data: LOGGING_CONTRACT, gas: 200_000n }
    : { to: `0x${(nonce + 1).toString(16).padStart(40, '0')}` as const, value: 1n, gas: 21_000n };
  return process_.faucet.signTransaction({ type: 'eip1559', chainId: 7733, nonce, ...fees, ...what });
}
