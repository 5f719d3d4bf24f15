import { houseRuleViolations } from './house-rules.js';
import { plantedTree } from './planted-tree.js';
import { repositoryTree, WHOLE_TREE_MS } from './source-tree.js';

const violationsOf = (path: string, text: string) => houseRuleViolations(plantedTree({ [path]: text }));

describe('house rules', () => {
  it(
    'are kept in this repository',
    () => {
      expect(houseRuleViolations(repositoryTree)).toEqual([]);
    },
    WHOLE_TREE_MS,
  );

  it.each([
    ['libs/platform/src/config/config.ts', `export const port = process.env['PORT'];`],
    ['src/agents/daemon/configuration.ts', `export const url = process.env['PLATFORM_URL'];`],
    ['src/main.ts', 'start(new AppConfig(process.env));'],
    ['src/wallet/send.spec.ts', `const url = process.env['POSTGRES_TEST_URL'];`],
    ['src/wallet/contract/index.ts', `export { Send } from './send.js';`],
    ['src/wallet/send.ts', `class Offers { @CreatedAt('/v1/offers/{id}') @ApiCreatedResponse() create() {} }`],
    ['src/wallet/send.ts', `// Told already.\nwork.catch(() => undefined); other.catch((error) => log(error));`],
    ['src/wallet/interest.ts', 'export interface Interest { forwardReference: string }'],
  ])('let %s through', (path, text) => {
    expect(violationsOf(path, text)).toEqual([]);
  });
});

describe('a planted construct is refused', () => {
  it.each([
    ['forwardRef', `import { forwardRef } from '@nestjs/common';`, 'forwardRef'],
    ['a star export', `export * from './wallet.js';`, 'exports are named'],
    ['a star export under a name', `export * as wallet from './wallet.js';`, 'exports are named'],
    ['a read of the environment', `export const port = process.env['PORT'];`, 'environment'],
    ['a read through globalThis', `export const port = globalThis.process.env['PORT'];`, 'environment'],
    ['a destructured environment', `const { env: variables } = process; export { variables };`, 'environment'],
    ['an imported environment', `import { env } from 'node:process'; export { env };`, 'environment'],
    ['the environment handed on', `export const config = readConfig(process.env);`, 'environment'],
    ['an interface with an I', 'export interface IWallet { id: string }', 'IWallet'],
    [
      'a creation without a location',
      'class Offers { @Post() @ApiCreatedResponse({ type: OfferView }) create() {} }',
      'CreatedAt',
    ],
    ['a failure that is forgotten', 'work.catch(() => undefined);', 'a failure is handled'],
    ['a class without a purpose', 'export class WalletManager {}', 'WalletManager'],
  ])('when it is %s', (_, text, expected) => {
    expect(violationsOf('src/wallet/send.ts', `\n${text}`)).toEqual([
      expect.stringMatching(new RegExp(`^src/wallet/send\\.ts:2: .*${expected}`)),
    ]);
  });

  it('when a program’s start reads a variable by itself', () => {
    expect(violationsOf('src/main.ts', `export const port = process.env['PORT'];`)).toEqual([
      expect.stringContaining('environment'),
    ]);
  });

  it.each(['src/wallet/utils.ts', 'src/wallet/string-utils.ts', 'test/support/helper.ts', 'src/wallet/index.ts'])(
    'when a file is called %s',
    (path) => {
      expect(violationsOf(path, 'export const one = 1;')).toEqual([expect.stringContaining(path)]);
    },
  );
});
