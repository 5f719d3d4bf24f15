import { importViolations } from './import-rules.js';
import { plantedTree } from './planted-tree.js';
import { repositoryTree, WHOLE_TREE_MS } from './source-tree.js';

const CONTRACT = { 'src/wallet/contract/index.ts': 'export const walletContract = 1;' };
const LIBS = {
  'libs/modulith/src/index.ts': 'export const durable = 1;',
  'libs/modulith/src/bus/buses.ts': 'export const buses = 1;',
  'libs/modulith/src/testing/scenario.ts': 'export const scenario = 1;',
  'libs/platform/src/index.ts': 'export const clock = 1;',
};

const violationsIn = (files: Record<string, string>) => importViolations(plantedTree(files));

describe('imports', () => {
  it(
    'of this repository keep the boundaries',
    async () => {
      expect(await importViolations(repositoryTree)).toEqual([]);
    },
    WHOLE_TREE_MS,
  );

  it('of a tree that keeps the boundaries are let through', async () => {
    const violations = await violationsIn({
      ...LIBS,
      ...CONTRACT,
      'src/wallet/contract/send.ts': `import { IsInt } from 'class-validator'; import { durable } from '@aitbc/modulith'; export const send = [IsInt, durable];`,
      'src/gateway/contract/events.ts': `export const userCame = 1;`,
      'src/gateway/contract/index.ts': `import { send } from '../../wallet/contract/send.js'; import { userCame } from './events.js'; export const gatewayContract = [send, userCame];`,
      'src/gateway/http/routes.controller.ts': `import { Controller } from '@nestjs/common'; import { walletContract } from '../../wallet/contract/index.js'; export default [Controller, walletContract];`,
      'src/gateway/login.ts': `import { clock } from '@aitbc/platform'; import { DataSource } from 'typeorm'; export const login = [clock, DataSource];`,
      'src/gateway/login.spec.ts': `import { scenario } from '@aitbc/modulith/testing/scenario'; import { login } from './login.js'; export default [scenario, login];`,
      'src/main.ts': `import { login } from './gateway/login.js'; export default login;`,
    });
    expect(violations).toEqual([]);
  });
});

describe('a planted import is refused', () => {
  it('when it reaches into another module', async () => {
    const violations = await violationsIn({
      ...CONTRACT,
      'src/wallet/wallet.entity.ts': 'export class Wallet {}',
      'src/gateway/login.ts': `import { Wallet } from '../wallet/wallet.entity.js'; export default Wallet;`,
    });
    expect(violations).toEqual([
      'src/gateway/login.ts → src/wallet/wallet.entity.ts: across modules only contract/ is imported',
    ]);
  });

  it('when it reaches into another module for a type only', async () => {
    const violations = await violationsIn({
      'src/wallet/wallet.entity.ts': 'export class Wallet {}',
      'src/gateway/login.ts': `import type { Wallet } from '../wallet/wallet.entity.js'; export type Mine = Wallet;`,
    });
    expect(violations).toEqual([expect.stringContaining('across modules only contract/ is imported')]);
  });

  it('when it reaches into another module at run time', async () => {
    const violations = await violationsIn({
      'src/wallet/wallet.entity.ts': 'export class Wallet {}',
      'src/gateway/login.ts': `export const load = () => import('../wallet/wallet.entity.js');`,
    });
    expect(violations).toEqual([expect.stringContaining('across modules only contract/ is imported')]);
  });

  it('when a module imports what wires the modules', async () => {
    const violations = await violationsIn({
      'src/app.module.ts': 'export class AppModule {}',
      'src/gateway/login.ts': `import { AppModule } from '../app.module.js'; export default AppModule;`,
    });
    expect(violations).toEqual([expect.stringContaining('across modules only contract/ is imported')]);
  });

  it('when the demo reaches into a module', async () => {
    const violations = await violationsIn({
      'src/agents/receipts/check-receipt.ts': 'export const check = 1;',
      'src/wallet/wallet.entity.ts': 'export class Wallet {}',
      'src/demo/main-job.ts': `import { Wallet } from '../wallet/wallet.entity.js'; import { check } from '../agents/receipts/check-receipt.js'; export default [Wallet, check];`,
    });
    expect(violations).toEqual([expect.stringMatching(/wallet\.entity\.ts: the demo is a client/)]);
  });

  it('when a controller imports its own module’s inside', async () => {
    const violations = await violationsIn({
      'src/wallet/wallet.entity.ts': 'export class Wallet {}',
      'src/wallet/http/wallets.controller.ts': `import { Wallet } from '../wallet.entity.js'; export default Wallet;`,
    });
    expect(violations).toEqual([expect.stringContaining('http/ imports contracts, libs and frameworks only')]);
  });

  it('when a controller imports a database', async () => {
    const violations = await violationsIn({
      'src/wallet/http/wallets.controller.ts': `import { Repository } from 'typeorm'; export default Repository;`,
    });
    expect(violations).toEqual([expect.stringContaining('http/ does not know databases')]);
  });

  it.each([
    ['a framework', `import { Injectable } from '@nestjs/common'; export default Injectable;`],
    ['something of Node', `import { hash } from 'node:crypto'; export default hash;`],
    ['its own module’s inside', `import { Wallet } from '../wallet.entity.js'; export default Wallet;`],
    [
      'another module’s contract',
      `import { userCame } from '../../gateway/contract/index.js'; export default userCame;`,
    ],
  ])('when a contract imports %s', async (_, text) => {
    const violations = await violationsIn({
      'src/wallet/wallet.entity.ts': 'export class Wallet {}',
      'src/gateway/contract/index.ts': 'export const userCame = 1;',
      'src/wallet/contract/send.ts': text,
    });
    expect(violations).toEqual([expect.stringContaining('a contract imports libs')]);
  });

  it('when the index of a contract imports the inside of a module', async () => {
    const violations = await violationsIn({
      'src/wallet/wallet.entity.ts': 'export class Wallet {}',
      'src/wallet/contract/index.ts': `import { Wallet } from '../wallet.entity.js'; export default Wallet;`,
    });
    expect(violations).toEqual([expect.stringContaining('the index of a contract imports other contracts at most')]);
  });

  it('when files import each other', async () => {
    const violations = await violationsIn({
      'src/wallet/a.ts': `import { b } from './b.js'; export const a = () => b;`,
      'src/wallet/b.ts': `import { c } from './c.js'; export const b = () => c;`,
      'src/wallet/c.ts': `import { a } from './a.js'; export const c = () => a;`,
    });
    expect(violations).toContain(
      'src/wallet/a.ts → src/wallet/b.ts → src/wallet/c.ts → src/wallet/a.ts: there are no import cycles',
    );
  });

  it('when a lib imports a module', async () => {
    const violations = await violationsIn({
      ...CONTRACT,
      'libs/platform/src/index.ts': `import { walletContract } from '../../../src/wallet/contract/index.js'; export default walletContract;`,
    });
    expect(violations).toEqual([expect.stringContaining('libs import no module')]);
  });

  it('when modulith imports platform', async () => {
    const violations = await violationsIn({
      ...LIBS,
      'libs/modulith/src/index.ts': `import { clock } from '@aitbc/platform'; export default clock;`,
    });
    expect(violations).toEqual([expect.stringContaining('libs/modulith does not import libs/platform')]);
  });

  it('when a module reaches into a lib', async () => {
    const violations = await violationsIn({
      ...LIBS,
      'src/wallet/send.ts': `import { buses } from '@aitbc/modulith/bus/buses'; export default buses;`,
    });
    expect(violations).toEqual([expect.stringContaining('a lib is entered through its index')]);
  });

  it('when what runs needs what is there for tests', async () => {
    const violations = await violationsIn({
      'src/wallet/testing/fake-chain.ts': 'export const fake = 1;',
      'src/wallet/send.ts': `import { fake } from './testing/fake-chain.js'; export default fake;`,
    });
    expect(violations).toEqual([expect.stringContaining('what runs does not import tests')]);
  });

  it('when it leads nowhere', async () => {
    const violations = await violationsIn({
      'src/wallet/send.ts': `import { gone } from './gone.js'; export default gone;`,
    });
    expect(violations).toEqual([expect.stringContaining('every import is found')]);
  });
});
