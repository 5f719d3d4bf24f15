const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const NAMED = new RegExp(`^(?:${UUID}|0x[0-9a-f]{40}|0x[0-9a-f]{64})$`, 'i');
const LATER_THAN_2020 = 1_577_836_800_000;

/** What is another one in every run, wherever it stands in a text, and what is said in its place. */
const PASSING: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/\b\d{2}-[0-9a-f]{32}-[0-9a-f]{16}-\d{2}\b/g, () => '<traceparent>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, () => '<time>'],
  [/\b1[5-9]\d{11}\b/g, () => '<time>'],
  [/http:\/\/localhost:\d+/g, () => '<public url>'],
  [/\$argon2\S+/g, () => '<argon2>'],
  [/\b0x[0-9a-f]{64}\b/gi, () => '<hash>'],
  [/\b0x[0-9a-f]{40}\b/gi, () => '<address>'],
  [/\b0x[0-9a-f]{41,}\b/gi, (bytes) => `<${bytes.length / 2 - 1} bytes>`],
  [/\b(?=\d*[a-f])[0-9a-f]{32,}\b/gi, (hex) => `<${hex.length / 2} bytes>`],
  [/(?=\d*[A-Za-z+/_-])[A-Za-z0-9+/_-]{40,}={0,2}/g, (text) => `<${text.length} letters>`],
];

/**
 * Makes two runs of one scenario comparable: ids and addresses that clients were told are called by where they were
 * told first, which keeps who belongs to whom; of all else that differs from run to run the kind is left.
 */
export class Names {
  private readonly names = new Map<string, string>();
  private known?: RegExp;

  /** Names what is in an answer, by the step that was answered and the fields that lead to it. */
  learn(step: string, value: unknown): void {
    if (typeof value === 'string') {
      const known = value.toLowerCase();
      if (!NAMED.test(value) || this.names.has(known)) return;
      this.names.set(known, `<${step}>`);
      this.known = undefined;
    } else if (typeof value === 'object' && value !== null) {
      for (const [field, content] of Object.entries(value)) this.learn(`${step}.${field}`, content);
    }
  }

  /** The same for every run that came to the same. */
  of(value: unknown): unknown {
    if (typeof value === 'string') return this.inText(value);
    if (typeof value === 'number') return value > LATER_THAN_2020 ? '<time>' : value;
    if (value instanceof Uint8Array) return `<${value.length} bytes>`;
    if (Array.isArray(value)) return value.map((each) => this.of(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([field, content]) => [field, this.of(content)]));
  }

  private inText(text: string): string {
    const named =
      this.names.size === 0 ? text : text.replace(this.knownNames(), (id) => this.names.get(id.toLowerCase())!);
    // Parts of names are left alone.
    return named
      .split(/(<[^<>]*>)/)
      .map((part, at) => (at % 2 === 1 ? part : withoutPassing(part)))
      .join('');
  }

  private knownNames(): RegExp {
    this.known ??= new RegExp([...this.names.keys()].join('|'), 'gi');
    return this.known;
  }
}

function withoutPassing(text: string): string {
  const uuid = new RegExp(UUID, 'gi');
  return PASSING.reduce((rest, [pattern, say]) => rest.replace(pattern, say), text.replace(uuid, '<id>'));
}
