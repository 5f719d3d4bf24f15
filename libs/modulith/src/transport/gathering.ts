/** The load from which it pays to wait for more items to send together. */
const MANY = 8;

/**
 * Batches what is sent until the callback. Under low load, that is the end of the current turn, since a lone sender
 * gains nothing from waiting; under high load, it waits one more turn of the event loop for more items.
 */
export class Gathering {
  private isDue = false;

  constructor(private readonly send: () => void) {}

  /** @param underWay the number of requests in progress */
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
