import type { ModuleName } from '@aitbc/platform';
import { hostsOf, type Placement } from './placement.js';
import { PlatformProcess } from './platform-process.js';

export interface TopologyOptions {
  /** What all processes get. */
  readonly environment: NodeJS.ProcessEnv;
  /** What one process gets beyond that. */
  readonly environmentOf?: (name: string) => NodeJS.ProcessEnv;
  /** Where the API is to listen; a free port unless given. */
  readonly port?: string;
  /** Gets all that the processes print, by their names. */
  readonly outputOf?: (name: string) => (chunk: Buffer) => void;
  /** The folder with the application's JavaScript. */
  readonly built?: string;
}

/** All processes of one system on this machine. */
export class Topology {
  private constructor(
    readonly placement: Placement,
    readonly processes: ReadonlyMap<string, PlatformProcess>,
  ) {}

  /** Chooses where everything listens, and starts nothing yet. */
  static async prepare(placement: Placement, options: TopologyOptions): Promise<Topology> {
    const [front] = hostsOf(placement, 'gateway');
    const processes = new Map<string, PlatformProcess>();
    for (const [name, modules] of Object.entries(placement)) {
      const port = name === front && options.port ? { PORT: options.port } : {};
      const own = options.environmentOf?.(name);
      const environment = { ...options.environment, MODULES: modules.join(','), ...port, ...own };
      const { built, outputOf } = options;
      processes.set(name, await PlatformProcess.prepare({ name, built, environment, onOutput: outputOf?.(name) }));
    }
    return new Topology(placement, processes);
  }

  /** Where the API is. */
  get url(): string {
    return this.hosting('gateway').url;
  }

  /** @throws RangeError when there is no such process */
  process(name: string): PlatformProcess {
    const found = this.processes.get(name);
    if (!found) throw new RangeError(`There is no process "${name}" but ${[...this.processes.keys()].join(', ')}.`);
    return found;
  }

  /** The first process that hosts the module. */
  hosting(module: ModuleName): PlatformProcess {
    return this.process(hostsOf(this.placement, module)[0]!);
  }

  /** Starts all processes at once; resolves when all are ready. @throws Error of the first that is not; the others run on */
  async start(): Promise<void> {
    await Promise.all([...this.processes.values()].map((each) => each.start()));
  }

  /** Asks all processes at once to end. @returns their exit codes; null where it had to insist */
  stop(): Promise<(number | null)[]> {
    return Promise.all([...this.processes.values()].map((each) => each.stop()));
  }

  /** Ends all processes without a warning, as a power cut does. */
  async kill(): Promise<void> {
    await Promise.all([...this.processes.values()].map((each) => each.kill()));
  }
}
