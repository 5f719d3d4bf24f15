/** The names of all keys and channels that the transport uses in Redis. */
export class Keys {
  /** The set of announced processes. */
  readonly processes: string;
  /** A random value. If it is missing or different, Redis has lost its data. */
  readonly epoch: string;
  /** A fingerprint of the secret that the live processes use. */
  readonly secret: string;

  constructor(
    private readonly prefix: string,
    private readonly database: number,
  ) {
    this.processes = `${prefix}:processes`;
    this.epoch = `${prefix}:epoch`;
    this.secret = `${prefix}:secret`;
  }

  /** The request stream of a service, or of one process for `@<process id>`. */
  requests(service: string): string {
    return `${this.prefix}:requests:${service}`;
  }

  process(id: string): string {
    return `${this.prefix}:process:${id}`;
  }

  /** A channel. Redis channels span all databases, so the database number is part of the name. */
  channel(name: string): string {
    return `${this.prefix}:${this.database}:${name}`;
  }
}

/** Whether a service name addresses a single process rather than any replica. */
export function isProcess(service: string): boolean {
  return service.startsWith('@');
}
