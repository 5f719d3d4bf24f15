import { StringDecoder } from 'node:string_decoder';

const COLOURS = [36, 33, 32, 35, 34, 31, 96, 93, 92, 95, 94, 91];

/** Merges the output of several processes line by line, each prefixed with the process's name. */
export class JoinedOutput {
  private readonly width: number;

  constructor(
    private readonly names: readonly string[],
    private readonly write: (text: string) => void,
    private readonly isColoured: boolean,
  ) {
    this.width = Math.max(...names.map(({ length }) => length));
  }

  /** Accepts the process's output in chunks of any size. */
  of(name: string): (chunk: Buffer) => void {
    const decoder = new StringDecoder('utf8');
    const front = this.front(name);
    let rest = '';
    return (chunk) => {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop()!;
      if (lines.length > 0) this.write(lines.map((line) => `${front}${line}\n`).join(''));
    };
  }

  private front(name: string): string {
    const padded = `${name.padEnd(this.width)} │ `;
    const colour = COLOURS[Math.max(0, this.names.indexOf(name)) % COLOURS.length];
    return this.isColoured ? `\u001b[${colour}m${padded}\u001b[0m` : padded;
  }
}
