import fc from 'fast-check';
import { SealingKeys } from './sealing-keys.js';

const [OLD, NEW] = ['11'.repeat(32), '12'.repeat(32)];
const LABEL = 'test seal v1';
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('sealing keys', () => {
  const keys = new SealingKeys([OLD], LABEL);

  it('open what they sealed, for the same purpose', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (plain, purpose) => {
        expect(hex(keys.open(keys.seal(plain, purpose), purpose))).toBe(hex(plain));
      }),
    );
  });

  it('refuse another purpose, another label, another key and any altered byte', () => {
    const sealed = keys.seal(Buffer.from('secret'), 'keystore of 1');
    expect(() => keys.open(sealed, 'keystore of 2')).toThrow();
    expect(() => new SealingKeys([NEW], LABEL).open(sealed, 'keystore of 1')).toThrow();
    expect(() => new SealingKeys([OLD], 'another').open(sealed, 'keystore of 1')).toThrow();
    const bytes = Buffer.from(sealed, 'base64');
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      expect(() => keys.open(altered.toString('base64'), 'keystore of 1')).toThrow();
    }
    expect(() => keys.open('', 'keystore of 1')).toThrow();
  });

  it('seal the same differently each time', () => {
    expect(keys.seal(Buffer.from('x'), 'p')).not.toBe(keys.seal(Buffer.from('x'), 'p'));
  });

  it('open what an accepted key sealed, and seal it again under the one in use', () => {
    const sealed = keys.seal(Buffer.from('secret'), 'p');
    const rotating = new SealingKeys([NEW, OLD], LABEL);
    expect(rotating.open(sealed, 'p').toString()).toBe('secret');
    const again = rotating.reseal(sealed, 'p')!;
    expect(new SealingKeys([NEW], LABEL).open(again, 'p').toString()).toBe('secret');
    expect(rotating.reseal(again, 'p')).toBeUndefined();
    expect(() => rotating.reseal(again, 'another purpose')).toThrow();
  });
});
