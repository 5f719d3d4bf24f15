/** The fields of a protobuf message by their numbers: varints and fixed-width numbers as bigint, everything else as bytes. */
export type Fields = ReadonlyMap<number, readonly (bigint | Buffer)[]>;

/** Reads the wire format. @throws Error when it is none */
export function readFields(message: Buffer): Fields {
  const fields = new Map<number, (bigint | Buffer)[]>();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++];
      if (byte === undefined || shift > 63n) throw new Error('The message ends inside a number.');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (count: number): Buffer => {
    if (at + count > message.length) throw new Error('The message ends inside a field.');
    return message.subarray(at, (at += count));
  };
  while (at < message.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    const value = valueOf(Number(tag & 7n), varint, take);
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}

function valueOf(wireType: number, varint: () => bigint, take: (count: number) => Buffer): bigint | Buffer {
  switch (wireType) {
    case 0:
      return varint();
    case 1:
      return take(8).readBigUInt64LE();
    case 2:
      return take(Number(varint()));
    case 5:
      return BigInt(take(4).readUInt32LE());
    default:
      throw new Error(`There is no wire type ${wireType} any more.`);
  }
}

export const messagesIn = (fields: Fields, number: number): Fields[] =>
  (fields.get(number) ?? []).map((each) => readFields(each as Buffer));

export const textIn = (fields: Fields, number: number): string => String(fields.get(number)?.at(-1) ?? '');

export const hexIn = (fields: Fields, number: number): string =>
  ((fields.get(number)?.at(-1) as Buffer | undefined) ?? Buffer.alloc(0)).toString('hex');

export const numberIn = (fields: Fields, number: number): bigint =>
  (fields.get(number)?.at(-1) as bigint | undefined) ?? 0n;
