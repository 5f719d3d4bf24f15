import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import * as jobs from '../testing/sample-jobs.js';
import {
  assemble,
  call,
  drop,
  i32,
  i32Const,
  i64,
  localGet,
  localSet,
  memoryGrow,
  nullFunction,
  tableGrow,
  type ModuleSpec,
} from '../testing/wasm-assembler.js';
import { BinaryReader } from './binary.js';
import { defaultModuleLimits, growthRefusedGlobal, hardenModule, type ModuleLimits } from './harden-module.js';
import { skipInstruction } from './instructions.js';
import { preview1, preview1Functions, type Preview1Function } from './preview1-functions.js';
import { readModule, section, vector } from './read-module.js';
import { WasmRefused } from './wasm-refused.js';

const limits: ModuleLimits = { ...defaultModuleLimits, memoryPages: 8, tableElements: 100, tables: 4 };
const harden = (module: Uint8Array) => hardenModule(module, limits);
const refusal = (code: string) => expect.objectContaining({ code });
const entry = { body: [], exportAs: '_start' };
const nothing = () => 0;
const wasi = { [preview1]: Object.fromEntries(Object.keys(preview1Functions).map((name) => [name, nothing])) };
const instantiate = (module: Uint8Array<ArrayBuffer>) =>
  new WebAssembly.Instance(new WebAssembly.Module(module), wasi).exports as Record<string, never>;

const manyLocals = (count: number) => Array<number>(count).fill(i32);
const repeated = (times: number, body: number[]) => Array.from({ length: times }, () => body).flat();
const block = [0x02, 0x40];
const end = 0x0b;
const nested = (depth: number) => [...repeated(depth, block), ...Array<number>(depth).fill(end)];
const withFunction = (locals: number, body: number[]) =>
  assemble({ functions: [{ ...entry, locals: manyLocals(locals), body }] });

describe('what would take gigabytes to compile', () => {
  const { locals, nesting, functionBytes } = defaultModuleLimits;
  it.each<[string, Uint8Array]>([
    ['50,000 locals and 2,000 ifs', withFunction(50_000, repeated(2_000, [...i32Const(1), 0x04, 0x40, end]))],
    ['too many locals', withFunction(locals + 1, [])],
    [
      'too many parameters and locals',
      assemble({ functions: [entry, { params: manyLocals(9), locals: manyLocals(locals - 8), body: [] }] }),
    ],
    ['blocks too deep in each other', withFunction(0, nested(nesting + 1))],
    ['a function that is too large', withFunction(0, repeated(functionBytes, [0x01]))],
    ['many locals and many ifs, one after the other', withFunction(5_000, repeated(1_001, [...block, end]))],
    [
      'many locals and many branches',
      withFunction(5_000, [...block, ...repeated(1_001, [...i32Const(0), 0x0d, 0]), end]),
    ],
    [
      'many locals and one branch of many targets',
      withFunction(5_000, [...block, ...i32Const(0), 0x0e, 0xe8, 0x07, ...Array<number>(1_001).fill(0), end]),
    ],
  ])('%s: is refused as too large', (_, module) => {
    expect(() => hardenModule(module)).toThrow(refusal('agents.wasm_too_large'));
  });

  it.each<[string, Uint8Array]>([
    ['all locals without a branch', withFunction(locals, [])],
    ['blocks as deep as they may be', withFunction(100, nested(nesting))],
    ['many branches among few locals', withFunction(50, repeated(20_000, [...block, end]))],
  ])('%s: is accepted', (_, module) => {
    expect(WebAssembly.validate(hardenModule(module))).toBe(true);
  });
});

describe('when a module breaks a rule, refuses it with the code of the rule', () => {
  const importing = (module: string, name: string, params: number[] = [], results: number[] = []) =>
    assemble({ imports: [{ module, name, params, results }], functions: [entry] });
  const refused: [string, string, () => Uint8Array][] = [
    ['not a module', 'malformed', () => new Uint8Array([1, 2, 3])],
    ['nothing', 'malformed', () => new Uint8Array()],
    ['a module cut short', 'malformed', () => jobs.echoStdin().subarray(0, 120)],
    [
      'a body that leaves a value',
      'malformed',
      () => assemble({ functions: [{ body: i32Const(1), exportAs: '_start' }] }),
    ],
    [
      'a megabyte and more',
      'too_large',
      () => jobs.jobModule([], [], { custom: [{ name: 'x', bytes: Array(2 ** 20).fill(0) }] }),
    ],
    [
      'a shared memory',
      'forbidden_feature',
      () => assemble({ memories: [{ minimum: 1, maximum: 2, flags: 3 }], functions: [entry] }),
    ],
    [
      'a 64-bit memory',
      'forbidden_feature',
      () => assemble({ memories: [{ minimum: 1, flags: 4 }], functions: [entry] }),
    ],
    [
      'two memories',
      'forbidden_feature',
      () => assemble({ memories: [{ minimum: 1 }, { minimum: 1 }], functions: [entry] }),
    ],
    ['a start section', 'forbidden_feature', () => assemble({ functions: [entry], start: 0 })],
    [
      'an atomic instruction',
      'forbidden_feature',
      () => assemble({ functions: [{ body: [0xfe, 0x03, 0x00], exportAs: '_start' }] }),
    ],
    [
      'relaxed SIMD',
      'forbidden_feature',
      () => assemble({ functions: [{ body: [0xfd, 0x80, 0x02], exportAs: '_start' }] }),
    ],
    ['five tables', 'forbidden_feature', () => assemble({ tables: Array(5).fill({ minimum: 1 }), functions: [entry] })],
    [
      'a large minimum of memory',
      'memory_exceeded',
      () => assemble({ memories: [{ minimum: 9 }], functions: [entry] }),
    ],
    [
      'a large minimum of a table',
      'memory_exceeded',
      () => assemble({ tables: [{ minimum: 101 }], functions: [entry] }),
    ],
    ['an import from elsewhere', 'forbidden_import', () => importing('env', 'abort')],
    ['an unknown WASI function', 'forbidden_import', () => importing(preview1, 'path_escape')],
    ['a name that every object has', 'forbidden_import', () => importing(preview1, 'constructor')],
    ['a WASI function with another signature', 'forbidden_import', () => importing(preview1, 'fd_write', [i64], [i32])],
    ['no _start', 'no_entry', () => assemble({ functions: [{ body: [] }] })],
    [
      'a _start with a result',
      'no_entry',
      () => assemble({ functions: [{ body: i32Const(1), results: [i32], exportAs: '_start' }] }),
    ],
  ];
  it.each(refused)('%s: agents.wasm_%s', (_, code, module) => {
    expect(() => harden(module())).toThrow(refusal(`agents.wasm_${code}`));
  });

  it('an imported memory: agents.wasm_forbidden_import', () => {
    const memoryImport = [0x01, 0x03, ...Buffer.from('env'), 0x06, ...Buffer.from('memory'), 0x02, 0x00, 0x01];
    const module = new Uint8Array([...jobs.doNothing().subarray(0, 8), 2, memoryImport.length, ...memoryImport]);
    expect(() => harden(module)).toThrow(refusal('agents.wasm_forbidden_import'));
  });

  it('an index that only the rewritten module would have: agents.wasm_malformed', () => {
    const grows = [...i32Const(1), ...memoryGrow, drop];
    const setsNextGlobal = jobs.jobModule([], [...grows, ...i32Const(0), 0x24, 0x00]);
    const callsNextFunction = jobs.jobModule([], [...grows, ...i32Const(0), ...call(1), drop]);
    for (const module of [setsNextGlobal, callsNextFunction]) {
      expect(() => harden(module)).toThrow(refusal('agents.wasm_malformed'));
    }
  });
});

describe('when a module keeps the rules', () => {
  const growing = (spec: Partial<ModuleSpec>) =>
    instantiate(
      harden(
        assemble({
          memories: [{ minimum: 1 }],
          tables: [{ minimum: 1 }],
          functions: [
            entry,
            { params: [i32], results: [i32], body: [...localGet(0), ...memoryGrow], exportAs: 'growMemory' },
            {
              params: [i32],
              results: [i32],
              body: [...nullFunction, ...localGet(0), ...tableGrow()],
              exportAs: 'growTable',
            },
          ],
          ...spec,
        }),
      ),
    ) as unknown as Record<'growMemory' | 'growTable', (by: number) => number> & Record<string, WebAssembly.Global>;

  it('lets memory and tables grow up to the limit and ends the run beyond it', () => {
    const module = growing({});
    expect(module.growMemory(7)).toBe(1);
    expect(module.growTable(99)).toBe(1);
    expect(module[growthRefusedGlobal]!.value).toBe(0);
    expect(() => module.growMemory(1)).toThrow(WebAssembly.RuntimeError);
    expect(module[growthRefusedGlobal]!.value).toBe(1);
    expect(() => module.growTable(1)).toThrow(WebAssembly.RuntimeError);
  });

  it('keeps a maximum that is smaller than the limit', () => {
    const module = growing({ memories: [{ minimum: 1, maximum: 3 }], tables: [{ minimum: 1, maximum: 5 }] });
    expect(module.growMemory(2)).toBe(1);
    expect(() => module.growMemory(1)).toThrow(WebAssembly.RuntimeError);
    expect(() => module.growTable(5)).toThrow(WebAssembly.RuntimeError);
  });

  it('drops custom sections and leaves the rest of a module that never grows as it was', () => {
    const plain = assemble({ functions: [entry], globals: [1], data: undefined });
    const commented = assemble({ functions: [entry], globals: [1], custom: [{ name: 'note', bytes: [1, 2, 3] }] });
    expect(harden(commented)).toEqual(plain);
  });

  it('accepts every function of WASI preview 1', () => {
    const imports = Object.keys(preview1Functions) as Preview1Function[];
    expect(() => instantiate(harden(assemble({ imports, functions: [entry] })))).not.toThrow();
  });
});

describe('the instruction table', () => {
  it('steps through the code that a compiler wrote, that of every module in hash-wasm', async () => {
    const source = await readFile(
      new URL('../../../node_modules/hash-wasm/dist/index.esm.js', import.meta.url),
      'utf8',
    );
    const binaries = [...source.matchAll(/"(AGFzbQ[\w+/=]*)"/g)].map(([, base64]) => Buffer.from(base64!, 'base64'));
    expect(binaries.length).toBeGreaterThan(10);
    for (const binary of binaries) {
      vector(new BinaryReader(sectionOf(binary, section.code)), (reader) => {
        const body = reader.part(reader.u32());
        for (let groups = body.u32(); groups > 0; groups--) body.take(2);
        while (!body.atEnd) skipInstruction(body);
      });
    }
  });

  it('agrees with the engine on the length of every instruction that it knows', () => {
    // Dead code behind `unreachable` accepts most instructions, so the engine decides where each one ends.
    const spec = (instruction: number[]): ModuleSpec => ({
      memories: [{ minimum: 1 }],
      tables: [{ minimum: 1 }],
      globals: [0],
      functions: [{ body: [0x00, ...instruction, 0x00], locals: [i32], exportAs: '_start' }],
    });
    const opcodes = [...Array(256).keys()].map((opcode) => [opcode]);
    const prefixed = [0xfc, 0xfd].flatMap((prefix) => [...Array(256).keys()].map((sub) => [prefix, ...leb(sub)]));
    const tails = [[], [0], [0, 0], [0x40, 0x0b], Array(4).fill(0), Array(8).fill(0), Array(16).fill(0), [0, 0, 0]];
    let agreed = 0;
    for (const opcode of [...opcodes, ...prefixed]) {
      for (const tail of tails) {
        const module = assemble(spec([...opcode, ...tail]));
        if (!WebAssembly.validate(new Uint8Array(module))) continue;
        expect(lengthsOk(module), `opcode ${opcode}, immediates ${tail}`).toBe(true);
        agreed++;
      }
    }
    expect(agreed).toBeGreaterThan(350);
  });
});

const leb = (value: number) => (value < 128 ? [value] : [(value & 0x7f) | 0x80, value >> 7]);

function lengthsOk(module: Uint8Array): boolean {
  try {
    return WebAssembly.validate(harden(module));
  } catch (error) {
    return (error as WasmRefused).code === 'agents.wasm_forbidden_feature';
  }
}

function sectionOf(bytes: Uint8Array, wanted: number): Uint8Array {
  const reader = new BinaryReader(bytes, 8);
  for (;;) {
    const number = reader.byte();
    const content = reader.take(reader.u32());
    if (number === wanted) return content;
  }
}

describe('for any input', () => {
  const instruction = fc.oneof(
    fc.constantFrom([0x01], [...i32Const(1), drop], [...i32Const(0), ...localSet(0)], [...localGet(1), drop]),
    fc.integer({ min: -5, max: 20 }).map((pages) => [...i32Const(pages), ...memoryGrow, drop]),
    fc.integer({ min: -5, max: 200 }).map((count) => [...nullFunction, ...i32Const(count), ...tableGrow(), drop]),
    fc.constant([...i32Const(0), 0x24, 0x00]),
  );
  const blocks = fc.letrec<{ body: number[] }>((tie) => ({
    body: fc.oneof(
      { maxDepth: 3 },
      fc.array(instruction, { maxLength: 6 }).map((parts) => parts.flat()),
      fc.tuple(tie('body'), tie('body')).map(([first, second]) => [0x02, 0x40, ...first, 0x0b, ...second]),
      tie('body').map((inner) => [...i32Const(1), 0x04, 0x40, ...inner, 0x05, ...inner, 0x0b]),
    ),
  }));
  const modules = fc
    .record({
      imports: fc.uniqueArray(fc.constantFrom(...(Object.keys(preview1Functions) as Preview1Function[])), {
        maxLength: 6,
      }),
      memory: fc.record({
        minimum: fc.nat(8),
        maximum: fc.option(fc.integer({ min: 8, max: 65_536 }), { nil: undefined }),
      }),
      table: fc.record({
        minimum: fc.nat(100),
        maximum: fc.option(fc.integer({ min: 100, max: 2 ** 31 }), { nil: undefined }),
      }),
      bodies: fc.array(blocks.body, { minLength: 1, maxLength: 4 }),
      data: fc.uint8Array({ maxLength: 50 }),
    })
    .map(({ imports, memory, table, bodies, data }) =>
      assemble({
        imports,
        memories: [memory],
        tables: [table],
        globals: [7],
        functions: bodies.map((body, index) => ({
          body,
          locals: [i32, i32],
          ...(index === 0 && { exportAs: '_start' }),
        })),
        elements: table.minimum > 0 ? [0] : undefined,
        data: memory.minimum > 0 ? [{ offset: 0, bytes: data }] : undefined,
      }),
    );

  it('a valid module stays valid, and its memory and tables stay within the limits whatever it does', () => {
    fc.assert(
      fc.property(modules, (module) => {
        const hardened = harden(module);
        expect(WebAssembly.validate(hardened)).toBe(true);
        const exports = instantiate(hardened) as unknown as { _start: () => void; memory: WebAssembly.Memory };
        try {
          exports._start();
        } catch (error) {
          expect(error).toBeInstanceOf(WebAssembly.RuntimeError);
        }
        expect(exports.memory.buffer.byteLength).toBeLessThanOrEqual(limits.memoryPages * 65_536);
        expectWithinLimits(hardened);
      }),
      { numRuns: 300 },
    );
  });

  it('a damaged module is refused with a code, or comes out valid and within the limits', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    const cut = fc.option(fc.nat(), { nil: undefined, freq: 5 });
    fc.assert(
      fc.property(modules, damage, cut, (module, changes, length) => {
        const damaged = length === undefined ? module.slice() : module.slice(0, length % module.length);
        for (const [place, value] of changes) if (damaged.length > 0) damaged[place % damaged.length] = value;
        expectRefusedOrSafe(damaged);
      }),
      { numRuns: 3_000 },
    );
  });

  it('random bytes behind the header are refused with a code, or come out valid and within the limits', () => {
    const header = jobs.doNothing().subarray(0, 8);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) =>
        expectRefusedOrSafe(new Uint8Array([...header, ...bytes])),
      ),
      { numRuns: 1_000 },
    );
  });

  function expectRefusedOrSafe(module: Uint8Array): void {
    let hardened: Uint8Array<ArrayBuffer>;
    try {
      hardened = harden(module);
    } catch (error) {
      expect(error).toBeInstanceOf(WasmRefused);
      return;
    }
    expect(WebAssembly.validate(new Uint8Array(module)), 'only valid modules come through').toBe(true);
    expect(WebAssembly.validate(hardened)).toBe(true);
    expectWithinLimits(hardened);
  }

  function expectWithinLimits(hardened: Uint8Array): void {
    const { sections } = readModule(hardened);
    const bounds = (number: number, most: number, head: number) =>
      vector(new BinaryReader(sections.get(number) ?? new Uint8Array([0])), (reader) => {
        reader.take(head);
        expect(reader.byte()).toBe(1);
        expect(reader.u32()).toBeLessThanOrEqual(most);
        expect(reader.u32()).toBeLessThanOrEqual(most);
      });
    bounds(section.memory, limits.memoryPages, 0);
    bounds(section.table, limits.tableElements, 1);
  }
});

it('the default limits are those of the documentation: 1 MiB of binary, 256 MiB of memory', () => {
  expect(defaultModuleLimits).toMatchObject({ moduleBytes: 1_048_576, memoryPages: 4096 });
});
