/** The names of everything that the transport keeps in Redis or sends through it. */
export class Keys {
  /** The set of the processes that announced themselves. */
  readonly processes: string;
  /** A random value. When it is gone or another, Redis has lost what it held. */
  readonly epoch: string;
  /** A fingerprint of the secret that the living processes use. */
  readonly secret: string;

  constructor(
    private readonly prefix: string,
    private readonly database: number,
  ) {
    this.processes = `${prefix}:processes`;
    this.epoch = `${prefix}:epoch`;
    this.secret = `${prefix}:secret`;
  }

  /** The stream of requests to a service, or to one process when the service is `@<process id>`. */
  requests(service: string): string {
    return `${this.prefix}:requests:${service}`;
  }

  process(id: string): string {
    return `${this.prefix}:process:${id}`;
  }

  /** A channel. Redis's channels know no databases, so the number is part of the name. */
  channel(name: string): string {
    return `${this.prefix}:${this.database}:${name}`;
  }
}

/** Whether the requests are meant for one process rather than for any replica of a service. */
export function isProcess(service: string): boolean {
  return service.startsWith('@');
}
