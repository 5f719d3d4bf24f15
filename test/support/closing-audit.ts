import { audit } from './audit.js';
import { logProblems, monitoringRows, secretProblems, secretsOf } from './log-audit.js';
import type { System } from './system.js';

const STOPS_WITHIN_MS = 10_000;

export interface Expected {
  /** Lines of level error that the tests of the file provoke. */
  readonly errors?: readonly RegExp[];
}

/** The last tests of each file: the books agree, everything stops when it is asked to, and the logs keep what is secret. */
export function describeClosingAudit(system: () => System, { errors = [] }: Expected = {}): void {
  describe('when all is done', () => {
    let secrets: Map<string, string>;

    it('clients, databases and chain agree on who has what', async () => {
      secrets = await secretsOf(system());
      expect(await audit(system())).toEqual([]);
    }, 90_000);

    it('what monitoring keeps for operators holds no secret', async () => {
      const stored = [...(await monitoringRows(system()))];
      expect(stored.length).toBeGreaterThan(0);
      expect(stored.flatMap(([table, rows]) => secretProblems(table, rows, secrets))).toEqual([]);
    });

    it('every process ends with code 0 within ten seconds of being asked to', async () => {
      const { application, agents, milliseconds } = await system().stop();
      const failed = Object.entries(application).filter(([, code]) => code !== 0);
      expect({ failed, agents: agents.filter((code) => code !== 0) }).toEqual({ failed: [], agents: [] });
      expect(milliseconds).toBeLessThan(STOPS_WITHIN_MS);
    }, 40_000);

    it('the logs hold no secret and no unexpected error', () => {
      expect([...secrets.values()]).toContain('a keystore');
      expect(logProblems(system().logs(), secrets, errors)).toEqual([]);
    });
  });
}
