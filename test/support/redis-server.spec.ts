import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { RedisMissing, type RedisServer } from '../../src/topology/redis-server.js';
import { startRedis } from './redis-server.js';

describe('a Redis server for a test', () => {
  let server: RedisServer;
  beforeEach(async () => (server = await startRedis()));
  afterEach(() => server?.stop());

  async function use<T>(act: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(server.url, { lazyConnect: true, retryStrategy: () => null, commandTimeout: 500 });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await act(redis);
    } finally {
      redis.disconnect();
    }
  }
  const put = () => use((redis) => redis.set('a', 'b'));
  const read = () => use((redis) => redis.get('a'));

  it('keeps what it is given as long as it runs, or until it is flushed', async () => {
    await put();
    expect(await read()).toBe('b');
    await server.flush();
    expect(await read()).toBeNull();
  });

  it('when it is killed and started again, is where it was and has forgotten everything', async () => {
    const { url } = server;
    await put();
    await server.kill();
    expect(server.isRunning).toBe(false);
    await expect(read()).rejects.toThrow();
    await server.start();
    expect(server.url).toBe(url);
    expect(await read()).toBeNull();
  });

  it('while it is paused, takes connections and answers nothing', async () => {
    await put();
    server.pause();
    await expect(read()).rejects.toThrow();
    server.resume();
    expect(await read()).toBe('b');
  });

  it('is apart from any other', async () => {
    const other = await startRedis();
    await put();
    await other.flush();
    await other.stop();
    expect(await read()).toBe('b');
  });

  describe('where there is no such program', () => {
    const path = process.env['PATH'];
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'empty-path-'));
      process.env['PATH'] = folder;
    });
    afterEach(() => {
      process.env['PATH'] = path;
      rmSync(folder, { recursive: true, force: true });
    });

    it('and it can be installed, is installed and started', async () => {
      const program = path!.split(':').map((each) => join(each, 'redis-server'));
      const installed = await startRedis(async () =>
        symlinkSync(program.find(existsSync)!, join(folder, 'redis-server')),
      );
      expect(installed.isRunning).toBe(true);
      await installed.stop();
    });

    it('and it cannot be installed, says in one line what to install', async () => {
      const missing = startRedis(() => Promise.resolve());
      await expect(missing).rejects.toThrow(RedisMissing);
      await expect(missing).rejects.toThrow(/^There is no redis-server: install it .*apt-get install redis-server.*$/);
    });
  });
});
