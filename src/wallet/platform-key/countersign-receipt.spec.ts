import { v7 as uuidv7 } from 'uuid';
import { type Hex, recoverMessageAddress } from 'viem';
import { CountersignReceipt } from '../contract/index.js';
import { someone, WalletWorld } from '../testing/wallet-world.js';

describe('a countersignature', () => {
  it('is made for agents and the system, over the digest as a message, and for no user', async () => {
    const world = await WalletWorld.start();
    const command = CountersignReceipt.of({ digest: `0x${'ab'.repeat(32)}` });
    const agent = { subject: uuidv7(), roles: [], scopes: ['agent'] };
    const made = await world.app.execute<{ signature: Hex; address: string }>(command, { as: agent });
    const message = { raw: command.digest as Hex };
    expect(made.address).toBe(world.platform);
    expect(await recoverMessageAddress({ message, signature: made.signature })).toBe(world.platform);
    await expect(world.app.execute(command, { as: someone() })).rejects.toMatchObject({ code: 'forbidden' });
    await world.app.close();
  });
});
