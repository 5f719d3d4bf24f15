import { Claims } from '../../libs/modulith/src/transport/claims.js';
import type { RawEntry } from '../../libs/modulith/src/transport/group.js';
import type { StreamsLink } from '../../libs/modulith/src/transport/link.js';
import type { ServedStream } from '../../libs/modulith/src/transport/served-stream.js';

/* The answers of Redis 6.2 as its manual documents them: a nil for an entry that was deleted while a consumer held it. */

const LEFT_BEHIND: RawEntry = ['2-0', ['f', 'work of a dead process']];
const DELETED: RawEntry = ['1-0', null];

function sweepWith(xautoclaim: () => Promise<unknown>) {
  const commands = {
    xautoclaim,
    xreadgroup: async () => [['stream', [DELETED, LEFT_BEHIND]]],
    eval: async () => 0,
    pexpire: async () => 1,
  };
  const complain = vi.fn();
  const options = { process: { id: 'here' }, claimMs: 60_000 };
  const link = { commands, complain, options, isConnected: true, isStopped: false, onDisconnected: () => undefined };
  const stream = { service: 'wallet', key: 'stream', held: new Map(), room: 10 } as unknown as ServedStream;
  const received: RawEntry[] = [];
  const claims = new Claims(link as unknown as StreamsLink, new Map([['wallet', stream]]), (_, entries) => {
    received.push(...entries);
  });
  claims.start();
  return { received, complain, end: () => claims.stop() };
}

describe('taking over what a dead process held', () => {
  it('goes on past entries that Redis 6.2 answers as nil, and drops them', async () => {
    const { received, complain, end } = sweepWith(async () => ['0-0', [null, LEFT_BEHIND]]);
    await vi.waitFor(() => expect(received).toEqual([LEFT_BEHIND, DELETED]));
    expect(complain).not.toHaveBeenCalled();
    await end();
  });

  it('says so when it fails by a mistake of the program', async () => {
    const { complain, end } = sweepWith(async () => {
      throw new TypeError('object null is not iterable');
    });
    await vi.waitFor(() =>
      expect(complain).toHaveBeenCalledWith('claims TypeError', expect.stringContaining('not iterable')),
    );
    await end();
  });
});
