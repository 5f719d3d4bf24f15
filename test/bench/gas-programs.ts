import { concat, hexToBytes, numberToHex, pad, type Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

export interface Program {
  readonly name: string;
  readonly code: Uint8Array;
  /** Contracts that it calls, by address. */
  readonly others?: readonly (readonly [string, Uint8Array])[];
  /** What it needs to do its work more than a few times. */
  readonly gas?: bigint;
}

const OTHER = '0x00000000000000000000000000000000000c0de1' as const;
const WIDE = `0x${'ff'.repeat(31)}fb` as const;
const SECOND = `0x${'9e3779b97f4a7c15'.repeat(4)}` as const;
/** How much of the code's 24 KiB the repeated part may take. */
const ROOM = 20_000;
/** Twice what the dearest pairing costs here. */
const PRECOMPILE_GAS = 4_000_000n;

const byte = (value: number): Hex => numberToHex(value, { size: 1 });

function push(value: Hex | number): Hex {
  const bytes = typeof value === 'number' ? numberToHex(value, { size: 2 }) : value;
  return concat([byte(0x5f + (bytes.length - 2) / 2), bytes]);
}

/** Repeats something that leaves the stack as it was, until the gas is used up. @param input what memory holds */
function loop(
  name: string,
  body: Hex,
  { before = '0x', input = '0x', others, repeat, gas }: Partial<Loop> = {},
): Program {
  const size = (input.length - 2) / 2;
  const times = repeat ?? Math.max(1, Math.min(1_000, Math.floor((ROOM - size) / ((body.length - 2) / 2))));
  const parts = (start: number, end: number): Hex[] => [
    push(size),
    push(end),
    '0x5f39',
    before,
    '0x5b',
    ...Array.from({ length: times }, () => body),
    push(start),
    '0x56',
    input,
  ];
  const start = (concat(parts(0, 0).slice(0, 4)).length - 2) / 2;
  const end = (concat(parts(0, 0).slice(0, -1)).length - 2) / 2;
  return {
    name,
    code: hexToBytes(concat(parts(start, end))),
    ...(others ? { others } : {}),
    ...(gas === undefined ? {} : { gas }),
  };
}

interface Loop {
  readonly before: Hex;
  readonly input: Hex;
  readonly others: Program['others'];
  readonly repeat: number;
  readonly gas: bigint;
}

/** Operands that stay on the stack and are copied for each use. */
const operands = concat([push(WIDE), push(SECOND), push(WIDE)]);

const WITHOUT_ARGUMENTS: Record<string, number> = {
  ADDRESS: 0x30, ORIGIN: 0x32, CALLER: 0x33, CALLVALUE: 0x34, CALLDATASIZE: 0x36, CODESIZE: 0x38, GASPRICE: 0x3a,
  RETURNDATASIZE: 0x3d, COINBASE: 0x41, TIMESTAMP: 0x42, NUMBER: 0x43, PREVRANDAO: 0x44, GASLIMIT: 0x45, CHAINID: 0x46,
  SELFBALANCE: 0x47, BASEFEE: 0x48, BLOBBASEFEE: 0x4a, PC: 0x58, MSIZE: 0x59, GAS: 0x5a, PUSH0: 0x5f,
}; // prettier-ignore
const OF_ONE: Record<string, number> = { ISZERO: 0x15, NOT: 0x19, CLZ: 0x1e, CALLDATALOAD: 0x35 };
const OF_TWO: Record<string, number> = {
  ADD: 0x01, MUL: 0x02, SUB: 0x03, DIV: 0x04, SDIV: 0x05, MOD: 0x06, SMOD: 0x07, EXP: 0x0a, SIGNEXTEND: 0x0b, LT: 0x10,
  GT: 0x11, SLT: 0x12, SGT: 0x13, EQ: 0x14, AND: 0x16, OR: 0x17, XOR: 0x18, BYTE: 0x1a, SHL: 0x1b, SHR: 0x1c, SAR: 0x1d,
}; // prettier-ignore
const OF_THREE: Record<string, number> = { ADDMOD: 0x08, MULMOD: 0x09 };

function computing(): Program[] {
  const named = (table: Record<string, number>, body: (code: number) => Hex): Program[] =>
    Object.entries(table).map(([name, code]) => loop(name, body(code), { before: operands }));
  return [
    loop('JUMPDEST', '0x5b'),
    loop('JUMP', concat(['0x5b']), { repeat: 1 }),
    ...named(WITHOUT_ARGUMENTS, (code) => concat([byte(code), '0x50'])),
    ...named(OF_ONE, (code) => concat(['0x80', byte(code), '0x50'])),
    ...named(OF_TWO, (code) => concat(['0x8181', byte(code), '0x50'])),
    ...named(OF_THREE, (code) => concat(['0x828282', byte(code), '0x50'])),
    loop('SHL by 255', concat(['0x80', push('0xff'), '0x1b50']), { before: operands }),
    loop('SAR by 255', concat(['0x80', push('0xff'), '0x1d50']), { before: operands }),
    loop('PUSH32', concat([push(WIDE), '0x50'])),
    loop('DUP3', '0x8250', { before: operands }),
    loop('SWAP2', '0x91', { before: operands }),
  ];
}

function usingMemory(): Program[] {
  const copy = (code: number, size: number) => concat([push(size), '0x5f5f', byte(code)]);
  const sizes = [
    ['nothing', 0],
    ['32 bytes', 32],
    ['32 KiB', 32_768],
  ] as const;
  const each = (name: string, body: (size: number) => Hex, before: Hex = '0x') =>
    sizes.map(([what, size]) => loop(`${name} of ${what}`, body(size), { before, repeat: 100 }));
  return [
    loop('MLOAD', '0x5f5150'),
    loop('MSTORE', '0x5f5f52'),
    loop('MSTORE8', '0x5f5f53'),
    ...each('KECCAK256', (size) => concat([push(size), '0x5f2050'])),
    ...each('CALLDATACOPY', (size) => copy(0x37, size)),
    ...each('CODECOPY', (size) => copy(0x39, size)),
    ...each('MCOPY', (size) => copy(0x5e, size)),
    ...each('EXTCODECOPY', (size) => concat([push(size), '0x5f5f', '0x30', '0x3c'])),
    ...each('LOG0', (size) => concat([push(size), '0x5fa0'])),
    ...each('LOG4', (size) => concat(['0x5f5f5f5f', push(size), '0x5fa4'])),
  ];
}

/** A counter on the stack grows with every round, so that each touches something new. */
const next = concat([push(1), '0x01']);

function usingState(): Program[] {
  const address = (code: number) => concat([push(OTHER), byte(code), '0x50']);
  const fresh = (code: number) => concat([next, '0x80', byte(code), '0x50']);
  const large = hexToBytes(`0x${'5b'.repeat(24_576)}`);
  const others: Program['others'] = [[OTHER, large]];
  const counter = push('0x0000000000000000000000000000000000100000');
  return [
    loop('SLOAD, warm', '0x5f5450'),
    loop('SLOAD, cold', fresh(0x54), { before: counter, repeat: 100 }),
    loop('SSTORE, the same value', '0x5f5f55'),
    loop('SSTORE, set and cleared', concat([push(1), '0x5f55', '0x5f5f55'])),
    loop('SSTORE, changed again', concat([push(1), '0x5f55', push(2), '0x5f55'])),
    loop('SSTORE, new slots', concat([next, '0x8080', '0x55']), { before: counter, repeat: 100 }),
    loop('TLOAD', '0x5f5c50'),
    loop('TSTORE', '0x5f5f5d'),
    loop('TSTORE, new slots', concat([next, '0x8080', '0x5d']), { before: counter, repeat: 100 }),
    loop('BALANCE, warm', address(0x31), { others }),
    loop('BALANCE, cold', fresh(0x31), { before: counter, repeat: 100 }),
    loop('EXTCODESIZE, warm', address(0x3b), { others }),
    loop('EXTCODESIZE, cold', fresh(0x3b), { before: counter, repeat: 100 }),
    loop('EXTCODEHASH, warm', address(0x3f), { others }),
    loop('BLOCKHASH', concat([push(299), '0x4050'])),
  ];
}

function calling(): Program[] {
  const call = (code: number) => {
    const value = code === 0xf1 || code === 0xf2 ? '0x5f' : '0x';
    return concat(['0x5f5f5f5f', value as Hex, push(OTHER), '0x5a', byte(code), '0x50']);
  };
  const kinds = { CALL: 0xf1, CALLCODE: 0xf2, DELEGATECALL: 0xf4, STATICCALL: 0xfa };
  const codes = {
    nothing: '0x',
    'a contract that stops': '0x00',
    'a large contract that jumps': concat(['0x600456005b00', `0x${'5b'.repeat(24_000)}`]),
    'a large contract of pushes that jumps': concat(['0x600456005b00', `0x${'60ff'.repeat(12_000)}`]),
    'a contract that reverts': '0x5f5ffd',
  } as const;
  const create = (code: number, size: number) => {
    const salt: Hex = code === 0xf5 ? '0x5a' : '0x';
    return concat([salt, push(size), '0x5f5f', byte(code), '0x50']);
  };
  const jumping = concat(['0x600456005b00', `0x${'5b'.repeat(12_000)}`]);
  return [
    ...Object.entries(kinds).flatMap(([kind, code]) =>
      Object.entries(codes).map(([what, other]) =>
        loop(`${kind} of ${what}`, call(code), { others: [[OTHER, hexToBytes(other as Hex)]], repeat: 50 }),
      ),
    ),
    loop('CALL with value to a new account', concat(['0x5f5f5f5f', push(1), '0x5a', '0x5a', '0xf150']), { repeat: 50 }),
    loop('CREATE of nothing', create(0xf0, 0), { repeat: 50 }),
    loop('CREATE of code that jumps', create(0xf0, 12_006), { input: jumping, repeat: 50 }),
    loop('CREATE2 of code that jumps', create(0xf5, 12_006), { input: jumping, repeat: 50 }),
    loop('CREATE of a contract that destroys itself', create(0xf0, 2), { input: '0x5fff', repeat: 50 }),
  ];
}

async function precompiles(): Promise<Program[]> {
  const run = (name: string, address: number, input: Hex, gas = PRECOMPILE_GAS) => {
    const size = (input.length - 2) / 2;
    const body = concat(['0x5f5f', push(size), '0x5f', push(byte(address)), '0x5a', '0xfa', '0x50']);
    return loop(name, body, { input, repeat: 50, gas });
  };
  const zeros = (bytes: number): Hex => `0x${'00'.repeat(bytes)}`;
  const word = (value: number | Hex): Hex => pad(typeof value === 'number' ? numberToHex(value) : value, { size: 32 });
  const modexp = (base: number, exponent: number, modulus: number): Hex =>
    concat([
      word(base),
      word(exponent),
      word(modulus),
      ...[base, exponent, modulus].map((n): Hex => `0x${'ff'.repeat(n)}`),
    ]);
  const blake = (rounds: number): Hex => concat([numberToHex(rounds, { size: 4 }), zeros(208), '0x01']);
  const digest = word(0x1234);
  const signature = await privateKeyToAccount(word(1)).sign({ hash: digest });
  const [r, s, v] = [
    `0x${signature.slice(2, 66)}`,
    `0x${signature.slice(66, 130)}`,
    `0x${signature.slice(130)}`,
  ] as Hex[];
  const point = concat([word(1), word(2)]);
  const twist = concat([
    '0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2',
    '0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed',
    '0x090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b',
    '0x12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa',
  ]);
  return [
    run('0x01 ecrecover', 1, concat([digest, word(v!), r!, s!])),
    run('0x01 ecrecover, no signature', 1, zeros(128)),
    run('0x02 sha256 of nothing', 2, '0x'),
    run('0x02 sha256 of 64 bytes', 2, zeros(64)),
    run('0x02 sha256 of 16 KiB', 2, zeros(16_384)),
    run('0x03 ripemd160 of nothing', 3, '0x'),
    run('0x03 ripemd160 of 16 KiB', 3, zeros(16_384)),
    run('0x04 identity of nothing', 4, '0x'),
    run('0x04 identity of 16 KiB', 4, zeros(16_384)),
    run('0x05 modexp of 1 byte', 5, modexp(1, 1, 1)),
    run('0x05 modexp of 32 bytes', 5, modexp(32, 32, 32)),
    run('0x05 modexp of 256 bytes', 5, modexp(256, 32, 256)),
    run('0x05 modexp of 128 bytes, long exponent', 5, modexp(128, 128, 128), 13_000_000n),
    run('0x05 modexp of 1024 bytes, short exponent', 5, modexp(1_024, 1, 1_024)),
    run('0x06 bn254 addition', 6, concat([point, point])),
    run('0x07 bn254 multiplication', 7, concat([point, WIDE])),
    run('0x08 bn254 pairing of nothing', 8, '0x'),
    run('0x08 bn254 pairing of one', 8, concat([point, twist])),
    run('0x08 bn254 pairing of four', 8, concat([point, twist, point, twist, point, twist, point, twist])),
    run('0x09 blake2f, no round', 9, blake(0)),
    run('0x09 blake2f, 12 rounds', 9, blake(12)),
    run('0x09 blake2f, 10,000 rounds', 9, blake(10_000)),
  ];
}

/** Every opcode that does something and every precompile, each in a contract that does little else. */
export async function programs(): Promise<Program[]> {
  return [...computing(), ...usingMemory(), ...usingState(), ...calling(), ...(await precompiles())];
}
