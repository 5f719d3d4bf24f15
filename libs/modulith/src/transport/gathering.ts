/** So many under way and more: worth waiting for others, that travel together. */
const MANY = 8;

/**
 * Calls back once for all that is sent until then. Where little is under way that is the end of the current turn, since
 * a lone sender would wait for nobody; where much is, one more turn of the event loop brings more together.
 */
export class Gathering {
  private isDue = false;

  constructor(private readonly send: () => void) {}

  /** @param underWay how many requests are in hand */
  wake(underWay: number): void {
    if (this.isDue) return;
    this.isDue = true;
    if (underWay < MANY) process.nextTick(this.run);
    else setImmediate(this.run);
  }

  private readonly run = () => {
    this.isDue = false;
    this.send();
  };
}
