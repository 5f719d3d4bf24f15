import type { AppConfig } from '@aitbc/platform';
import fc from 'fast-check';
import { masterKeys, Vault } from './vault.js';
import { accountOf, newMnemonic, readMnemonic } from './mnemonic.js';
import { decryptKeystore, encryptKeystore, type Keystore, WrongKeystorePassword } from './web3-secret-storage.js';

/** go-ethereum's accounts/keystore/testdata/v3_test_vector.json: keys of 31 and 30 bytes, password "foo". */
const vectors: [string, Keystore][] = [
  [
    'fa7b3db73dc7dfdf8c5fbdb796d741e4488628c41fc4febd9160a866ba0f35',
    {
      crypto: {
        cipher: 'aes-128-ctr',
        cipherparams: { iv: 'e0c41130a323adc1446fc82f724bca2f' },
        ciphertext: '9517cd5bdbe69076f9bf5057248c6c050141e970efa36ce53692d5d59a3984',
        kdf: 'scrypt',
        kdfparams: {
          dklen: 32,
          n: 2,
          r: 8,
          p: 1,
          salt: '711f816911c92d649fb4c84b047915679933555030b3552c1212609b38208c63',
        },
        mac: 'd5e116151c6aa71470e67a7d42c9620c75c4d23229847dcc127794f0732b0db5',
      },
      id: '00000000-0000-0000-0000-000000000000',
      version: 3,
    },
  ],
  [
    '81c29e8142bb6a81bef5a92bda7a8328a5c85bb2f9542e76f9b0f94fc018',
    {
      crypto: {
        cipher: 'aes-128-ctr',
        cipherparams: { iv: '3ca92af36ad7c2cd92454c59cea5ef00' },
        ciphertext: '108b7d34f3442fc26ab1ab90ca91476ba6bfa8c00975a49ef9051dc675aa',
        kdf: 'scrypt',
        kdfparams: {
          dklen: 32,
          n: 2,
          r: 8,
          p: 1,
          salt: 'd0769e608fb86cda848065642a9c6fa046845c928175662b8e356c77f914cd3b',
        },
        mac: '75d0e6759f7b3cefa319c3be41680ab6beea7d8328653474bd06706d4cc67420',
      },
      id: '00000000-0000-0000-0000-000000000000',
      version: 3,
    },
  ],
];
const cheap = { n: 2, r: 8, p: 1 };
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('a Web3 Secret Storage keystore', () => {
  it.each(vectors)('of a published vector gives its private key %s', async (secret, keystore) => {
    expect(hex(await decryptKeystore(keystore, 'foo'))).toBe(secret);
  });

  it('gives back what was put in, whatever the key and the password', async () => {
    const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
    await fc.assert(
      fc.asyncProperty(key, fc.string({ unit: 'binary' }), async (privateKey, password) => {
        const keystore = JSON.parse(JSON.stringify(await encryptKeystore(privateKey, password, '0xAB', cheap)));
        expect(hex(await decryptKeystore(keystore, password))).toBe(hex(privateKey));
      }),
    );
  });

  it('refuses another password', async () => {
    const keystore = await encryptKeystore(new Uint8Array(32).fill(7), 'right', '0xAB', cheap);
    await expect(decryptKeystore(keystore, 'Right')).rejects.toBeInstanceOf(WrongKeystorePassword);
  });

  it('refuses one that was altered', async () => {
    const keystore = await encryptKeystore(new Uint8Array(32).fill(7), 'right', '0xAB', cheap);
    const ciphertext = keystore.crypto.ciphertext.replace(/^./, (first) => (first === '0' ? '1' : '0'));
    await expect(
      decryptKeystore({ ...keystore, crypto: { ...keystore.crypto, ciphertext } }, 'right'),
    ).rejects.toThrow();
  });

  it('refuses one that would take more memory than a server can give', async () => {
    const keystore = await encryptKeystore(new Uint8Array(32).fill(7), 'right', '0xAB', cheap);
    const kdfparams = { ...keystore.crypto.kdfparams, n: 2 ** 30 };
    const greedy = { ...keystore, crypto: { ...keystore.crypto, kdfparams } };
    await expect(decryptKeystore(greedy, 'right')).rejects.toThrow('not acceptable');
  });
});

describe('a keystore of the vault', () => {
  it('costs a guess what OWASP asks for, and opens for its own wallet only', async () => {
    const vault = new Vault({ walletMasterKeys: ['11'.repeat(32)] as readonly string[] } as AppConfig);
    expect(vault.cost).toEqual({ n: 2 ** 15, r: 8, p: 3 });
    const account = await accountOf(newMnemonic());
    const sealed = await vault.lockAway('one', account, 'right');
    expect(hex(await vault.takeOut('one', sealed, 'right'))).toBe(hex(account.privateKey));
    await expect(vault.takeOut('one', sealed, 'wrong')).rejects.toBeInstanceOf(WrongKeystorePassword);
    await expect(vault.takeOut('other', sealed, 'right')).rejects.toThrow();
  });

  it('opens with its password however a keyboard writes it, and with the spelling of before', async () => {
    const vault = new Vault({ walletMasterKeys: ['11'.repeat(32)] as readonly string[] } as AppConfig);
    const cost = (vault.cost = { n: 2, r: 8, p: 1 });
    const account = await accountOf(newMnemonic());
    const [typed, elsewhere] = ['caf\u0065\u0301 \ufb01ne', 'caf\u00e9 fine'];
    const sealed = await vault.lockAway('one', account, typed);
    for (const password of [typed, elsewhere]) {
      expect(hex(await vault.takeOut('one', sealed, password))).toBe(hex(account.privateKey));
    }

    const before = await encryptKeystore(account.privateKey, typed, account.address, cost);
    const master = masterKeys(['11'.repeat(32)]);
    const old = master.seal(Buffer.from(JSON.stringify(before)), 'keystore of one');
    expect(hex(await vault.takeOut('one', old, typed))).toBe(hex(account.privateKey));
    await expect(vault.takeOut('one', old, 'wrong')).rejects.toBeInstanceOf(WrongKeystorePassword);
  });

  it('wraps a key until a time that cannot be moved', () => {
    const vault = new Vault({ walletMasterKeys: ['11'.repeat(32)] as readonly string[] } as AppConfig);
    const until = new Date('2026-01-01T00:00:00.000Z');
    const key = new Uint8Array(32).fill(7);
    const wrapped = vault.wrap('one', key, until);
    expect(hex(vault.unwrap('one', wrapped, until))).toBe(hex(key));
    expect(() => vault.unwrap('one', wrapped, new Date(until.getTime() + 1))).toThrow();
    expect(() => vault.unwrap('other', wrapped, until)).toThrow();
  });
});

describe('a mnemonic', () => {
  /** The accounts that Hardhat, Foundry and Ganache publish for this mnemonic. */
  const published = 'test test test test test test test test test test test junk';

  it.each([
    [
      0,
      '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
      'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
    ],
    [
      1,
      '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
      '59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d',
    ],
    [
      9,
      '0xa0Ee7A142d267C1f36714E4a8F75612F20a79720',
      '2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6',
    ],
  ])('leads to the published account %i', async (index, address, privateKey) => {
    const account = await accountOf(published, index);
    expect(account.address).toBe(address);
    expect(hex(account.privateKey)).toBe(privateKey);
  });

  it('is read in any case and spacing', () => {
    expect(readMnemonic(`  ${published.toUpperCase().replaceAll(' ', '   ')}\n`)).toBe(published);
  });

  it('is refused with an unknown word, a wrong checksum or a wrong length', () => {
    expect(readMnemonic(published.replace('junk', 'jank'))).toBeUndefined();
    expect(readMnemonic(published.replace('junk', 'test'))).toBeUndefined();
    expect(readMnemonic('test junk')).toBeUndefined();
    expect(readMnemonic('')).toBeUndefined();
  });

  it('when new, is twelve valid words, other ones each time', () => {
    const [one, other] = [newMnemonic(), newMnemonic()];
    expect(one.split(' ')).toHaveLength(12);
    expect(readMnemonic(one)).toBe(one);
    expect(other).not.toBe(one);
  });
});
