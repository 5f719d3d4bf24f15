import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { Periodic } from '@aitbc/modulith';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Hex, keccak256, parseGwei } from 'viem';
import { type AccountView, GetAccount, SubmitTransaction } from '../contract/index.js';
import { ChainProcess } from '../testing/start-chain.js';

const recipient = '0x00000000000000000000000000000000000000bb';

describeEachDatabase('two replicas on one database', (databaseUrl) => {
  let directory: string;
  let replicas: [ChainProcess, ChainProcess];

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'chain-replicas-'));
    const start = () => ChainProcess.start({ directory, databaseUrl: databaseUrl() });
    replicas = [await start(), await start()];
  });

  afterAll(async () => {
    await Promise.all(running().map((replica) => replica.stop()));
    rmSync(directory, { recursive: true, force: true });
  });

  it('one seals; what the other accepts is mined and seen at both', async () => {
    expect(replicas.filter((replica) => replica.context.get(Periodic, { strict: false }).isLeader)).toHaveLength(1);
    for (const replica of replicas) await transferThrough(replica);
  });

  it('when the one that seals leaves, the other goes on', async () => {
    const leads = replicas.findIndex((replica) => replica.context.get(Periodic, { strict: false }).isLeader);
    await replicas[leads]!.stop();
    await transferThrough(replicas[1 - leads]!, 12_000);
  });

  const running = (): ChainProcess[] => replicas.filter(({ app }) => app.getHttpServer().listening);

  async function transferThrough(replica: ChainProcess, timeout = 8_000): Promise<void> {
    const { pendingNonce } = await replica.ask<AccountView>(GetAccount.of({ address: replica.faucet.address }));
    const raw = await sign(replica, pendingNonce);
    await replica.execute(SubmitTransaction.of({ raw }));
    const { status } = await replica.public.waitForTransactionReceipt({ hash: keccak256(raw), timeout });
    expect(status).toBe('success');
    await vi.waitFor(
      async () => {
        for (const each of running()) {
          const account = await each.ask<AccountView>(GetAccount.of({ address: each.faucet.address }));
          expect(account.nonce).toBe(pendingNonce + 1);
        }
      },
      { timeout: 5_000, interval: 50 },
    );
  }

  function sign(replica: ChainProcess, nonce: number): Promise<Hex> {
    const fees = { maxFeePerGas: parseGwei('2'), maxPriorityFeePerGas: parseGwei('1') };
    return replica.faucet.signTransaction({
      type: 'eip1559',
      chainId: 7733,
      nonce,
      to: recipient,
      value: 1n,
      gas: 21_000n,
      ...fees,
    });
  }
});
