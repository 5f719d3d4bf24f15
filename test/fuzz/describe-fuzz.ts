import type { DatabaseKind } from '../support/databases.js';
import { type Budget, Fuzz } from './fuzz.js';

/** Tries a system on each database with what its document does not promise to take. */
export function describeFuzz(budget: Budget, timeoutMs: number): void {
  describe.each<DatabaseKind>(['sqlite', 'postgres'])('what no client should send, on %s', (database) => {
    let fuzz: Fuzz;
    beforeAll(async () => {
      fuzz = await Fuzz.start(database);
    }, 180_000);
    afterAll(() => fuzz?.system.dispose());

    it(
      `is refused: no operation breaks, hangs or grows with it (seed ${budget.seed})`,
      async () => {
        const { wrong, sent } = await fuzz.run(budget);
        expect(wrong.slice(0, 40).join('\n')).toBe('');
        expect(sent).toBeGreaterThan(500);
        expect(await fuzz.locked()).toEqual([]);
        expect((await fuzz.system.api.get('/health/ready')).status).toBe(200);
      },
      timeoutMs,
    );
  });
}
