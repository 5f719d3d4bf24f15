// Compares prototypes; expect(…).toStrictEqual goes by `constructor`, which a payload may contain.
import { deepStrictEqual } from 'node:assert/strict';
import { CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import { Module } from '@nestjs/common';
import {
  Broadcast,
  Command,
  type Contract,
  defineContract,
  DomainError,
  Event,
  ModulithModule,
  Secret,
  View,
} from '@aitbc/modulith';
import { CannotTravel } from '@aitbc/modulith/contract/codec.js';
import { ContractRegistry } from '@aitbc/modulith/contract/registry.js';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { IsOptional } from 'class-validator';
import fc from 'fast-check';

class Point extends View {
  x: unknown;
  y: unknown;
}
class Vault extends View {
  label: string;
  @Secret() inside: unknown;
}
class DeepVault extends Vault {
  @Secret() deeper: unknown;
}
class Stranger {
  constructor(readonly name = 'stranger') {}
}
class Broken extends DomainError<{ at: unknown }> {
  static override readonly code = 'geometry.broken';
  static override readonly kind = 'gone';
  constructor(at: unknown) {
    super('It is broken.', { at });
    throw new Error('an error is revived without its constructor');
  }
}

const registryOf = (...contracts: Contract[]) => new ContractRegistry(contracts, 'a shared secret');
const registry = registryOf(defineContract('geometry', { views: [Point, Vault, DeepVault], errors: [Broken] }));
const { codec } = registry;

const key = fc
  .oneof(fc.string(), fc.constantFrom('$', '$t', '$n', '$o', '$x', 'v', 'constructor', 'toString', 'length', '$$'))
  .filter((each) => each !== '__proto__');

/** Whatever a message may hold. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom(null, -0, Number.NaN, Infinity, -Infinity),
      fc.bigInt(),
      fc.date({ noInvalidDate: true }),
      fc.uint8Array(),
    ),
    fc.array(fc.oneof(tie('value'), fc.constant(undefined)), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 }).map((entries) => new Map(entries)),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => new Set(items)),
    fc.record({ x: tie('value'), y: tie('value') }).map((fields) => Point.of(fields)),
    fc.record({ label: fc.string(), inside: tie('value') }).map((fields) => Vault.of(fields)),
    fc.record({ label: fc.string(), inside: tie('value'), deeper: tie('value') }).map((fields) => DeepVault.of(fields)),
  ),
}));

/** Every object that a value consists of. */
function objectsIn(root: unknown, found = new Set<object>()): Set<object> {
  if (typeof root !== 'object' || root === null || found.has(root)) return found;
  found.add(root);
  const parts = root instanceof Map ? [...root].flat() : root instanceof Set ? [...root] : Object.values(root);
  for (const part of parts) objectsIn(part, found);
  return found;
}

function expectNothingShared(one: unknown, other: unknown): void {
  const objects = objectsIn(one);
  expect([...objectsIn(other)].filter((each) => objects.has(each))).toEqual([]);
}

describe('the codec', () => {
  it('brings every value that may travel back as what it was', () => {
    fc.assert(
      fc.property(value, (original) => {
        deepStrictEqual(codec.decode(codec.encode(original)), original);
      }),
      { numRuns: 500 },
    );
  });

  it('copies every value that may travel, and shares nothing with the copy', () => {
    fc.assert(
      fc.property(value, (original) => {
        const copy = codec.copy(original);
        deepStrictEqual(copy, original);
        expectNothingShared(original, copy);
      }),
      { numRuns: 500 },
    );
  });

  it('copies what it would send and refuses to copy what it would refuse to send', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }), (anything) => {
        const outcome = (work: () => unknown) => {
          try {
            return [work()];
          } catch (error) {
            expect(error).toBeInstanceOf(CannotTravel);
            return 'refused';
          }
        };
        expect(outcome(() => codec.copy(anything))).toEqual(outcome(() => codec.decode(codec.encode(anything))));
      }),
      { numRuns: 500 },
    );
  });

  it('brings an invalid date back as one, not as the beginning of time', () => {
    const { at } = codec.decode(codec.encode({ at: new Date(Number.NaN) })) as { at: Date };
    expect(at.getTime()).toBeNaN();
    expect(codec.copy(at).getTime()).toBeNaN();
  });

  it('brings the holes of a list back as undefined', () => {
    const holes: unknown[] = Array(2);
    holes[1] = 1;
    deepStrictEqual(codec.decode(codec.encode(holes)), [undefined, 1]);
    deepStrictEqual(codec.copy(holes), [undefined, 1]);
  });

  it('never shows a secret in the text, at any depth', () => {
    const hidden = fc.stringMatching(/^[a-zA-Z0-9]{12,40}$/);
    fc.assert(
      fc.property(hidden, hidden, value, (first, second, other) => {
        const vault = DeepVault.of({ label: 'open', inside: first, deeper: [{ second }, other] });
        const text = codec.encode(new Map([['vaults', new Set([vault])]]));
        expect(text).not.toContain(first);
        expect(text).not.toContain(second);
        expect(text).toContain('open');
        deepStrictEqual(codec.decode(text), new Map([['vaults', new Set([vault])]]));
      }),
    );
  });

  it('when the shared secret is another, or the sealed text was changed, opens nothing', () => {
    const text = codec.encode(Vault.of({ label: 'open', inside: 'hidden' }));
    const other = new ContractRegistry(registry.contracts, 'another secret');
    expect(() => other.codec.decode(text)).toThrow();
    const sealed = /"\$x":"([^"]+)"/.exec(text)![1]!;
    const changed = Buffer.from(sealed, 'base64');
    changed[20]! ^= 1;
    expect(() => codec.decode(text.replace(sealed, changed.toString('base64')))).toThrow();
  });

  it('seals equal secrets differently', () => {
    const vault = Vault.of({ label: 'open', inside: 'hidden' });
    expect(codec.encode(vault)).not.toBe(codec.encode(vault));
  });

  const cycle: unknown[] = [];
  cycle.push({ cycle });
  it.each<[string, unknown]>([
    ['a function', { f: () => 1 }],
    ['a method in a list', [() => 1]],
    ['a symbol', { s: Symbol('s') }],
    ['a symbol as the key of a map', new Map([[Symbol('s'), 1]])],
    ['a class that no contract lists', { who: new Stranger() }],
    ['an error', new Error('no')],
    ['a promise', Promise.resolve(1)],
    ['a regular expression', /no/],
    ['an array of floats', new Float64Array(2)],
    ['something that refers to itself', cycle],
    ['a reserved name', JSON.parse('{"a":{"__proto__":{"admin":true}}}')],
  ])('refuses %s, at the send and in a copy alike', (_name, refused) => {
    expect(() => codec.encode(refused)).toThrow(CannotTravel);
    expect(() => codec.copy(refused)).toThrow(CannotTravel);
  });

  it('says where in the message the trouble is', () => {
    expect(() => codec.encode({ orders: [{ by: new Stranger() }] })).toThrow(
      'message.orders[0].by cannot travel: it is a Stranger, a class that no contract lists.',
    );
  });

  it('when a payload looks like a tag of the codec, takes it as data', () => {
    const posing = { $t: 'geometry.Vault', v: { inside: 1 }, $d: 5, $n: '7', $o: {}, $x: 'sealed' };
    expect(codec.decode(codec.encode({ posing }))).toStrictEqual({ posing });
  });

  it('when a text names a prototype or a class of no contract, neither takes the one nor makes the other', () => {
    const decoded = codec.decode('{"a":{"__proto__":{"admin":true}}}') as { a: { admin?: boolean } };
    expect(decoded.a.admin).toBeUndefined();
    expect(Object.getPrototypeOf(decoded.a)).toBe(Object.prototype);
    expect(() => codec.decode('{"$t":"geometry.Stranger","v":{}}')).toThrow(/which no contract here names/);
  });

  it('revives a domain error as its class, without calling its constructor', () => {
    const error = Object.assign(Object.create(Broken.prototype) as Broken, { details: { at: 10n } });
    Object.defineProperty(error, 'message', { value: 'It is broken.' });
    const revived = registry.decodeError(registry.encodeError(error));
    expect(revived).toBeInstanceOf(Broken);
    expect(revived).toMatchObject({ code: 'geometry.broken', kind: 'gone', message: 'It is broken.', name: 'Broken' });
    expect(revived.details).toStrictEqual({ at: 10n });
  });

  it('shows of an error that no contract lists neither class nor message', () => {
    class Unlisted extends DomainError {
      static override readonly code = 'geometry.unlisted';
    }
    for (const error of [new Unlisted('inside'), new TypeError('inside'), 'inside']) {
      const encoded = registry.encodeError(error);
      expect(encoded.code).toBe('internal_error');
      expect(JSON.stringify(encoded)).not.toContain('inside');
    }
  });
});

class Drawing extends View {
  points: Point[];
  at: Date;
  tags: Map<string, Set<string>>;
  bytes: Uint8Array;
}
class Redraw extends Command<Drawing> {
  @IsOptional() drawing: Drawing;
}
@Broadcast()
class Redrawn extends Event {
  drawing: Drawing;
}
const studioContract = defineContract('studio', {
  commands: [Redraw],
  events: [Redrawn],
  views: [Drawing, Point],
});

const heard: object[] = [];

@CommandHandler(Redraw)
class RedrawHandler implements ICommandHandler<Redraw> {
  static received: Redraw;
  static answered: Drawing;
  constructor(private readonly events: EventBus) {}

  async execute(command: Redraw): Promise<Drawing> {
    RedrawHandler.received = command;
    RedrawHandler.answered = command.drawing;
    this.events.publish(Redrawn.of({ drawing: command.drawing }));
    return command.drawing;
  }
}

@Module({ imports: [ModulithModule.forModule(studioContract)], providers: [RedrawHandler] })
class StudioModule {}

describe.each(['strict', 'fast'] as const)('with parity %s', (parity) => {
  let app: Scenario;
  beforeAll(async () => {
    app = await Scenario.start({ modules: [StudioModule], contracts: [studioContract], parity });
    app.runtime.addBroadcastHandler(app.runtime.registry.messageOfClass(Redrawn)!, {
      handle: (event) => void heard.push(event),
    });
  });
  afterAll(() => app?.close());

  const drawing = () =>
    Drawing.of({
      points: [Point.of({ x: 1n, y: { z: [1] } })],
      at: new Date(5),
      tags: new Map([['a', new Set(['b'])]]),
      bytes: new Uint8Array([1, 2]),
    });

  it('a handler and its caller never share an object that either could change', async () => {
    const sent = Redraw.of({ drawing: drawing() });
    const answer = await app.execute<Drawing>(sent);
    expect(RedrawHandler.received).toStrictEqual(sent);
    expect(answer).toStrictEqual(drawing());
    expectNothingShared(sent, RedrawHandler.received);
    expectNothingShared(RedrawHandler.answered, answer);
    expectNothingShared(sent, answer);
  });

  it('what a handler of an event gets is nobody else’s', async () => {
    heard.length = 0;
    await app.execute(Redraw.of({ drawing: drawing() }));
    await app.settled();
    expect(heard).toHaveLength(1);
    expect(heard[0]).toStrictEqual(Redrawn.of({ drawing: drawing() }));
    expectNothingShared(RedrawHandler.received, heard[0]);
  });

  it('when a message holds what cannot travel, refuses it at the send', async () => {
    const sent = Redraw.of({ drawing: drawing() });
    sent.drawing.points[0]!.x = new Stranger();
    await expect(app.execute(sent)).rejects.toThrow(CannotTravel);
  });
});
