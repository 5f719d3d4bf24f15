import { startPostgres } from './postgres-server.js';

describe('a PostgreSQL server of the tests', () => {
  it('leaves the end of the process alone, so that a failed run is a failed run', async () => {
    const endings = () => [...process.listeners('exit'), ...process.listeners('beforeExit')];
    const before = endings();
    const server = await startPostgres();
    await server.stop();
    expect(endings()).toEqual(before);
  });
});
