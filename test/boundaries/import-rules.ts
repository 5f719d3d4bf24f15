import { cruise, type ICruiseResult, type IRegularForbiddenRuleType } from 'dependency-cruiser';
import { join } from 'node:path';
import ts from 'typescript';
import type { SourceTree } from './source-tree.js';

const TESTS = ['\\.spec\\.ts$', '/testing/', '^test/'];
const packages = (...names: string[]) => `(^|/)node_modules/(${names.join('|')})/`;
const DATABASES = packages('typeorm', '@nestjs/typeorm', 'pg', 'sqlite3');
const OF_A_CONTRACT = [
  '^libs/',
  '^src/$1/contract/',
  packages('class-validator', 'class-transformer', '@nestjs/swagger'),
];

const rule = (
  name: string,
  from: IRegularForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to'],
): IRegularForbiddenRuleType => ({ name, severity: 'error', from, to }) as IRegularForbiddenRuleType;

/** Boundaries 1 to 3, in dependency-cruiser's terms: `$1` is the module that imports. */
const ENTRY_OF_THREADS = '^libs/modulith/src/unit-of-work/reader-pool\\.ts$';

const RULES: readonly IRegularForbiddenRuleType[] = [
  rule(
    'across modules only contract/ is imported',
    { path: '^src/([^/]+)/', pathNot: '^src/demo/' },
    { path: '^src/', pathNot: ['^src/$1/', '^src/[^/]+/contract/'] },
  ),
  rule(
    'the demo is a client, which has contracts and the means to start processes and to verify a receipt',
    { path: '^src/demo/' },
    { path: '^src/', pathNot: ['^src/(demo|topology)/', '^src/[^/]+/contract/', '^src/agents/receipts/'] },
  ),
  rule(
    'http/ imports contracts, libs and frameworks only',
    { path: '^src/([^/]+)/http/', pathNot: TESTS },
    { path: '^src/', pathNot: ['^src/$1/http/', '^src/[^/]+/contract/'] },
  ),
  rule('http/ does not know databases', { path: '^src/[^/]+/http/', pathNot: TESTS }, { path: DATABASES }),
  rule(
    'a contract imports libs, class-validator, class-transformer and swagger decorators only',
    { path: '^src/([^/]+)/contract/', pathNot: [...TESTS, '/contract/index\\.ts$'] },
    { pathNot: OF_A_CONTRACT },
  ),
  rule(
    'the index of a contract imports other contracts at most',
    { path: '^src/([^/]+)/contract/index\\.ts$' },
    { pathNot: [...OF_A_CONTRACT, '^src/[^/]+/contract/'] },
  ),
  rule('there are no import cycles', {}, { circular: true }),
  rule('libs import no module', { path: '^libs/' }, { path: '^(src|test)/' }),
  rule('libs/modulith does not import libs/platform', { path: '^libs/modulith/' }, { path: '^libs/platform/' }),
  // A thread of the chain would load the whole kernel for one pool of connections.
  rule(
    'a lib is entered through its index',
    { path: '^src/', pathNot: TESTS },
    { path: '^libs/[^/]+/src/', pathNot: ['^libs/[^/]+/src/index\\.ts$', ENTRY_OF_THREADS] },
  ),
  rule('what runs does not import tests', { path: '^(src|libs)/', pathNot: TESTS }, { path: TESTS }),
  // An import that leads nowhere would slip through all rules above. The benchmarks' peers are installed only for them.
  rule('every import is found', { pathNot: '^test/bench/' }, { couldNotResolve: true }),
];

/** What the tree imports against the rules, one line each. */
export async function importViolations(tree: SourceTree): Promise<string[]> {
  const roots = ['src', 'libs', 'test', 'ormconfig.ts'].filter((each) => tree.has(each));
  const { output } = await cruise(
    roots,
    {
      baseDir: tree.root,
      // Without this the rules are read and nothing is checked.
      validate: true,
      ruleSet: { forbidden: [...RULES] },
      // Imports of types count: they are knowledge too.
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '^test/bench/node_modules' },
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['import', 'node', 'default', 'types'],
        extensions: ['.ts', '.js', '.mjs', '.json', '.d.ts'],
      },
    },
    { bustTheCache: true, alias: aliasesOf(tree) },
  );
  const { summary } = output as ICruiseResult;
  if (summary.totalCruised === 0) throw new Error(`Nothing was checked below ${tree.root}.`);
  return summary.violations
    .map(
      ({ rule: { name }, from, to, cycle }) =>
        `${from} → ${cycle?.map((each) => each.name).join(' → ') ?? to}: ${name}`,
    )
    .toSorted();
}

/** The `paths` of tsconfig.json. dependency-cruiser reads them too, but relative to where the process was started. */
function aliasesOf(tree: SourceTree): { name: string; alias: string; onlyModule: boolean }[] {
  const { config } = ts.readConfigFile(join(tree.root, 'tsconfig.json'), ts.sys.readFile) as {
    config: { compilerOptions: { paths: Record<string, [string]> } };
  };
  return Object.entries(config.compilerOptions.paths).map(([name, [target]]) => ({
    name: name.replace(/\/\*$/, ''),
    alias: join(tree.root, target.replace(/\/\*$/, '')),
    onlyModule: !name.endsWith('*'),
  }));
}
