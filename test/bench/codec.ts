import 'reflect-metadata';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Command, defineContract, View } from '@aitbc/modulith';
import { ContractRegistry } from '../../libs/modulith/src/contract/registry.js';
import { compare, report } from './measure.js';

/* What a booking is as a message: text, numbers, an amount, times, a nested object. Encoded and decoded, one after the other. */

class EscrowPart extends View {
  address: string;
  expiresAt: Date;
  lockTransaction: string | null;
}

class BookingPart extends Command<void> {
  id: string;
  offerId: string;
  status: string;
  durationHours: number;
  total: bigint;
  escrow: EscrowPart;
  tags: string[];
  createdAt: Date;
}

const { codec } = new ContractRegistry(
  [defineContract('bench', { commands: [BookingPart], views: [EscrowPart] })],
  'bench',
);

const booking = BookingPart.of({
  id: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072',
  offerId: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071',
  status: 'funded',
  durationHours: 12,
  total: 150n * 10n ** 18n,
  escrow: EscrowPart.of({
    address: '0x52908400098527886E0F7030069857D2E4169EE7',
    expiresAt: new Date(),
    lockTransaction: '0x6f1d3a0c5b7e9f2a4c6d8e0f1a3b5c7d9e0f2a4b6c8d0e1f3a5b7c9d0e2f4a6b',
  }),
  tags: ['eu', 'wasm'],
  createdAt: new Date(),
});

interface MessagePack {
  encode(value: unknown): Uint8Array;
  decode(bytes: Uint8Array): unknown;
}
const require = createRequire(join(process.cwd(), 'test/bench/package.json'));
const { Packr, addExtension } = require('msgpackr') as {
  Packr: new (options: object) => MessagePack;
  addExtension(extension: object): void;
};
// As the kernel would have to: classes by name, bigints beyond 64 bits as text.
for (const [type, Class] of [
  [20, BookingPart],
  [21, EscrowPart],
] as const) {
  addExtension({
    Class,
    type,
    write: (value: object) => ({ ...value }),
    read: (value: object) => Object.assign(Object.create(Class.prototype as object) as object, value),
  });
}
const packr = new Packr({ useRecords: false, moreTypes: true, largeBigIntToString: true });

const repeat = (work: () => unknown) => (count: number) => {
  for (let at = 0; at < count; at++) work();
  return Promise.resolve();
};

const figures = await compare([
  { name: 'tagged JSON, encode and decode', run: repeat(() => codec.decode(codec.encode(booking))), count: 20_000 },
  { name: 'msgpackr, encode and decode', run: repeat(() => packr.decode(packr.encode(booking))), count: 20_000 },
  { name: 'copy without encoding', run: repeat(() => codec.copy(booking)), count: 20_000 },
]);
const [json, pack] = figures;
report('A booking as a message', figures, { 'tagged JSON / msgpackr': json!.median / pack!.median });
console.log(`\n  ${codec.encode(booking).length} bytes as JSON, ${packr.encode(booking).length} as MessagePack`);
