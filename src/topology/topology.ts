import type { ModuleName } from '@aitbc/platform';
import { hostsOf, type Placement } from './placement.js';
import { PlatformProcess } from './platform-process.js';

export interface TopologyOptions {
  /** Common to all processes. */
  readonly environment: NodeJS.ProcessEnv;
  /** Additional environment of one process. */
  readonly environmentOf?: (name: string) => NodeJS.ProcessEnv;
  /** The API's port; a free port by default. */
  readonly port?: string;
  /** Receives the output of all processes, by name. */
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

  /** Chooses the ports without starting anything. */
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

  /** The API's URL. */
  get url(): string {
    return this.hosting('gateway').url;
  }

  /** @throws RangeError if there is no such process */
  process(name: string): PlatformProcess {
    const found = this.processes.get(name);
    if (!found) throw new RangeError(`There is no process "${name}" but ${[...this.processes.keys()].join(', ')}.`);
    return found;
  }

  /** The first process that hosts the module. */
  hosting(module: ModuleName): PlatformProcess {
    return this.process(hostsOf(this.placement, module)[0]!);
  }

  /**
   * Starts all processes concurrently; resolves when all are ready. @throws Error of the first that fails; the others
   * keep running
   */
  async start(): Promise<void> {
    await Promise.all([...this.processes.values()].map((each) => each.start()));
  }

  /** Stops all processes concurrently. @returns their exit codes; null after SIGKILL */
  stop(): Promise<(number | null)[]> {
    return Promise.all([...this.processes.values()].map((each) => each.stop()));
  }

  /** Kills all processes without warning, like a power cut. */
  async kill(): Promise<void> {
    await Promise.all([...this.processes.values()].map((each) => each.kill()));
  }
}
