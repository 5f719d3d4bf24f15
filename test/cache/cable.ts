import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../../src/topology/free-port.js';

/** A way to a server on this machine that can be cut, while the server and what it holds live on. */
export class Cable {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;

  private constructor(
    private readonly port: number,
    private readonly target: number,
  ) {}

  static async to(target: number): Promise<Cable> {
    const cable = new Cable(await freePort(), target);
    await cable.mend();
    return cable;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  mend(): Promise<void> {
    this.server = createServer((near) => {
      const far = connect(this.target, '127.0.0.1');
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => other.destroy());
      }
      near.pipe(far).pipe(near);
    });
    return new Promise((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
  }

  cut(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    return new Promise((resolve) => this.server?.close(() => resolve()));
  }
}
