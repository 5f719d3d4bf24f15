import { faultNamed } from './faults.js';
import { Random } from './random.js';
import { table } from './report.js';
import { replicas, Stage } from './stage.js';
import { type Result, Trial } from './trial.js';

const SECONDS = 25;
const faults = ['replica-kill', 'redis-flush', 'redis-kill'].map(faultNamed);

describe('while a replica is killed, Redis flushed, and Redis killed and restarted', () => {
  let stage: Stage;
  let result: Result;

  beforeAll(async () => {
    stage = await Stage.set(replicas);
    const seed = Date.now() % 1_000_000;
    const trial = await Trial.prepare(stage, 4, new Random(seed));
    result = await trial.run(faults, SECONDS);
    process.stdout.write(`\nchaos, seed ${seed}\n${table([result])}\n`);
  }, 300_000);
  afterAll(() => stage?.dispose());

  it('clients get things done', () => {
    expect(result.strikes).toBeGreaterThanOrEqual(faults.length);
    expect(result.acknowledged).toBeGreaterThan(20);
  });

  it('nothing that they were promised is lost, nothing is done twice or after they were told that it was not', () => {
    const { lost, twice, denied, unanswered } = result;
    expect({ lost, twice, denied, unanswered }).toEqual({ lost: 0, twice: 0, denied: 0, unanswered: 0 });
  });

  it('clients, databases and chain agree, and nothing is left over', () => {
    expect(result.problems).toEqual([]);
  });
});
