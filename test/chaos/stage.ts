import { hostsOf, type Placement } from '../../src/topology/placement.js';
import type { PlatformProcess } from '../../src/topology/platform-process.js';
import type { RedisServer } from '../../src/topology/redis-server.js';
import { type Cables, System } from '../support/system.js';
import { FrontDoor } from './front-door.js';
import type { OwnPostgres } from './own-postgres.js';

/** Two replicas of everything, in few processes, and such that modules that have to do with each other are apart. */
export const replicas: Placement = {
  'purse-a': ['wallet', 'agents'],
  'purse-b': ['wallet', 'agents'],
  'trade-a': ['marketplace', 'blockchain'],
  'trade-b': ['marketplace', 'blockchain'],
  'front-a': ['gateway', 'monitoring'],
  'front-b': ['gateway', 'monitoring'],
};

const SHORTEST_LIFE_MS = 500;
/** As orchestrators have it. */
const TERMINATION_GRACE_MS = 30_000;

/** A whole system, and what can be done to it. */
export class Stage {
  readonly door: FrontDoor;
  /** What ended though nobody ended it, as sentences. */
  readonly deaths: string[] = [];
  private readonly down = new Set<string>();
  private isClosing = false;

  private constructor(
    readonly system: System,
    /** Only where the server is this run's own. */
    readonly postgres: OwnPostgres | undefined,
  ) {
    this.door = new FrontDoor(this.gateways.map((name) => system.process(name)));
    for (const name of this.names) this.watch(name);
  }

  /** @param postgres without one, a database on the server of the test run */
  static async set(placement: Placement, postgres?: OwnPostgres, isCabled = false): Promise<Stage> {
    if (postgres) process.env['POSTGRES_TEST_URL'] = postgres.url;
    return new Stage(await System.start({}, { placement, database: 'postgres', isCabled }), postgres);
  }

  get redis(): RedisServer {
    return this.system.redis!;
  }

  get names(): string[] {
    return [...this.system.topology.processes.keys()];
  }

  get gateways(): string[] {
    return hostsOf(this.system.topology.placement, 'gateway');
  }

  /** The processes behind the gateways. */
  get backs(): string[] {
    return this.names.filter((name) => !this.gateways.includes(name));
  }

  /** Ends a process without a warning. {@link start} brings it back. */
  async kill(name: string): Promise<void> {
    this.down.add(name);
    await this.system.process(name).kill();
  }

  /** Starts a process that is down; resolves when it is ready, however often that takes while other things are away. */
  async start(name: string): Promise<void> {
    const started = this.system.process(name);
    for (;;) {
      const begun = Date.now();
      try {
        await started.start();
        break;
      } catch (error) {
        // Whatever starts processes tries again; one that never gets ready is found by the test's own time limit.
        if (this.isClosing || Date.now() - begun < SHORTEST_LIFE_MS) throw error;
      }
    }
    this.down.delete(name);
    this.watch(name);
  }

  /** Restarts a process as an operator does: no new requests, SIGTERM, wait, start. */
  async restart(name: string): Promise<void> {
    const process = this.system.process(name);
    this.door.close(process);
    this.down.add(name);
    const code = await process.stop(TERMINATION_GRACE_MS);
    if (code !== 0) this.deaths.push(`${name} ended with ${code ?? 'SIGKILL'} when it was asked to end`);
    await this.start(name);
    this.door.open(process);
  }

  /** A process, and another that hosts the same modules; without one the process itself. */
  twins(name: string): [string, string] {
    const { placement } = this.system.topology;
    const hosts = (each: string) => [...placement[each]!].toSorted().join();
    const twin = this.names.find((each) => each !== name && hosts(each) === hosts(name));
    return [name, twin ?? name];
  }

  pause(name: string): void {
    this.system.process(name).pause();
  }

  resume(name: string): void {
    this.system.process(name).resume();
  }

  /** Lets nothing of a process reach a server or come back, and closes nothing. */
  silence(name: string, server: keyof Cables): void {
    this.cablesOf(name)[server].silence();
  }

  /** New connections get through again; those of before stay dead. */
  speak(name: string, server: keyof Cables): void {
    this.cablesOf(name)[server].speak();
  }

  private cablesOf(name: string): Cables {
    const cables = this.system.cables.get(name);
    if (!cables) throw new RangeError(`"${name}" has no cables.`);
    return cables;
  }

  async dispose(): Promise<void> {
    this.isClosing = true;
    this.door.stop();
    await this.system.dispose();
  }

  /** A process that ends by itself is a fault of the system's; it is started again, as whatever runs it would do. */
  private watch(name: string): void {
    const process: PlatformProcess = this.system.process(name);
    void process.end().then(async (end) => {
      if (this.isClosing || this.down.has(name) || process.isRunning) return;
      this.deaths.push(end.message.slice(0, 2_000));
      this.down.add(name);
      await this.start(name).catch((error: Error) => this.deaths.push(error.message));
    });
  }
}
