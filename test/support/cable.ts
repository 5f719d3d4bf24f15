import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../../src/topology/free-port.js';

/** A way to a server on this machine that can be cut or go silent, while the server and what it holds live on. */
export class Cable {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private isSilent = false;

  private constructor(
    readonly port: number,
    private readonly target: number,
  ) {}

  static async to(target: number): Promise<Cable> {
    const cable = new Cable(await freePort(), target);
    await cable.mend();
    return cable;
  }

  /** To the server of a URL. */
  static toUrl(url: string): Promise<Cable> {
    return Cable.to(Number(new URL(url).port));
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** The same URL through this cable. */
  through(url: string): string {
    const through = new URL(url);
    through.hostname = '127.0.0.1';
    through.port = String(this.port);
    return through.toString();
  }

  mend(): Promise<void> {
    this.server = createServer((near) => {
      this.sockets.add(near);
      near.on('error', () => undefined).on('close', () => this.sockets.delete(near));
      // Accepted, as by a kernel whose process stands still, and then nothing.
      if (this.isSilent) return void near.pause();
      const far = connect(this.target, '127.0.0.1');
      this.sockets.add(far);
      far.on('error', () => undefined).on('close', () => this.sockets.delete(far));
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
      near.pipe(far).pipe(near);
    });
    return new Promise((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
  }

  cut(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    return new Promise((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
  }

  /** Brings nothing any more, in neither direction, and closes nothing: a host that died, or packets that are dropped. */
  silence(): void {
    this.isSilent = true;
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  /** Lets new connections through; those that fell silent stay so, as of a host that was replaced. */
  speak(): void {
    this.isSilent = false;
  }
}
