import ts from 'typescript';
import { isSql, HOLE, tablesIn } from './sql-tables.js';
import { calleeName, importsOf, placeOf, type SourceFile, type SourceTree, walk } from './source-tree.js';

const RELATIONS = new Set(['OneToOne', 'OneToMany', 'ManyToOne', 'ManyToMany']);
/** Decorators and functions that name a data source, and the position of its name. */
const DATA_SOURCE_AT = new Map([
  ['InjectRepository', 1],
  ['getRepositoryToken', 1],
  ['InjectDataSource', 0],
  ['getDataSourceToken', 0],
  ['InjectEntityManager', 0],
  ['getEntityManagerToken', 0],
]);
/** Methods of TypeORM whose first argument names a table. */
const NAMES_TABLE =
  /^(create|drop|rename|clear|has|get)Table$|^(add|drop|change|rename|has)Columns?$|^(create|drop)(Index|Indices|ForeignKeys?|PrimaryKey|UniqueConstraints?|CheckConstraints?|ExclusionConstraints?)$|^(left|inner)Join(AndSelect|AndMapOne|AndMapMany)?$/;
const KERNEL_TABLES = ['outbox', 'inbox', 'dead_letters', 'leases', 'migrations'];

type Report = (node: ts.Node, problem: string) => void;

/** Boundary 4, as far as it can be read from the source: who names whose tables, one line for each breach. */
export function dataOwnershipViolations(tree: SourceTree): string[] {
  const owners = tableOwners(tree);
  return tree.modules.flatMap((module) =>
    tree.filesOf(module).flatMap((file) => {
      const violations: string[] = [];
      const report: Report = (node, problem) => violations.push(`${placeOf(file, node)}: ${problem}`);
      walk(file, (node) => {
        if (ts.isCallExpression(node)) checkCall(module, file, node, report);
        if (ts.isPropertyAssignment(node)) checkForeignKey(module, node, report);
        const text = textOf(node);
        if (text !== undefined) checkText(module, owners, node, text, report);
      });
      return violations;
    }),
  );
}

function checkCall(module: string, file: SourceFile, call: ts.CallExpression, report: Report): void {
  const name = calleeName(call) ?? '';
  const isDecorator = ts.isDecorator(call.parent);
  if (isDecorator && (name === 'Entity' || name === 'ViewEntity')) checkEntity(module, call, report);
  if (isDecorator && name === 'JoinTable') checkJoinTable(module, call, report);
  if (isDecorator && RELATIONS.has(name)) checkRelation(module, file, call, report);
  const position = DATA_SOURCE_AT.get(name);
  if (position !== undefined && literal(call.arguments[position]) !== module) {
    report(call, `${name} names the data source '${module}' of its own module`);
  }
  const table = NAMES_TABLE.test(name) ? literal(call.arguments[0]) : undefined;
  // A dot makes it a relation of an alias, such as 'booking.offer'.
  const isRelation = /Join/.test(name) && table?.includes('.');
  if (table !== undefined && !isRelation) requireOwn(module, table, call, report);
}

function checkEntity(module: string, call: ts.CallExpression, report: Report): void {
  const [first, second] = call.arguments;
  const table = literal(first) ?? literal(optionOf(first, 'name'));
  if (table === undefined) report(call, `an entity names its table: '${module}_…'`);
  else requireOwn(module, table, call, report);
  const isPlaced = [first, second].some((options) => optionOf(options, 'schema') ?? optionOf(options, 'database'));
  if (isPlaced) report(call, 'the data source alone decides schema and database');
}

function checkJoinTable(module: string, call: ts.CallExpression, report: Report): void {
  const table = literal(optionOf(call.arguments[0], 'name'));
  if (table === undefined) report(call, `a join table has a name: '${module}_…'`);
  else requireOwn(module, table, call, report);
}

function checkRelation(module: string, file: SourceFile, call: ts.CallExpression, report: Report): void {
  const target = call.arguments[0];
  if (!target || !ts.isArrowFunction(target) || !ts.isIdentifier(target.body)) {
    report(call, 'a relation names its class: () => Other');
    return;
  }
  const source = importsOf(file).get(target.body.text)?.from;
  if (source && !source.startsWith(`src/${module}/`)) {
    report(call, `a relation to ${target.body.text} leads out of the module: keep its id instead`);
  }
}

function checkForeignKey(module: string, node: ts.PropertyAssignment, report: Report): void {
  if (node.name.getText() !== 'referencedTableName') return;
  const table = literal(node.initializer);
  if (table !== undefined) requireOwn(module, table, node, report);
}

function checkText(
  module: string,
  owners: ReadonlyMap<string, string>,
  node: ts.Node,
  text: string,
  report: Report,
): void {
  if (isSql(text) || (isQueried(node) && isSql(text.toUpperCase()))) {
    for (const table of tablesIn(text)) requireOwn(module, table, node, report);
    return;
  }
  // Without SQL around it: a name that a query is put together from.
  for (const name of text.match(/[a-z][a-z0-9]*(?:_[a-z0-9]+)+/g) ?? []) {
    const owner = owners.get(name);
    if (owner && owner !== module) report(node, `${name} is a table of "${owner}": ask that module`);
  }
}

function isQueried(node: ts.Node): boolean {
  const { parent } = node;
  return ts.isCallExpression(parent) && calleeName(parent) === 'query' && parent.arguments[0] === node;
}

function requireOwn(module: string, table: string, node: ts.Node, report: Report): void {
  const [name, schema] = table.split('.').toReversed() as [string, string?];
  if (schema !== undefined && schema !== module) report(node, `${table} is outside the schema of "${module}"`);
  else if (!name.startsWith(`${module}_`))
    report(node, `${table} is no table of "${module}": they begin with ${module}_`);
}

/** The value of a property in an object literal. */
function optionOf(options: ts.Node | undefined, name: string): ts.Expression | undefined {
  if (!options || !ts.isObjectLiteralExpression(options)) return undefined;
  const found = options.properties.find((each) => each.name?.getText() === name);
  return found && ts.isPropertyAssignment(found) ? found.initializer : undefined;
}

function literal(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** The text of a string or of a whole template, with a hole for each expression in it. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(HOLE);
  }
  if (!ts.isStringLiteralLike(node)) return undefined;
  return ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent) ? undefined : node.text;
}

/** Every table that an entity, a migration or the kernel makes, by name, with the module that owns it. */
function tableOwners(tree: SourceTree): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const module of tree.modules) {
    for (const name of KERNEL_TABLES) owners.set(`${module}_${name}`, module);
    for (const file of tree.filesOf(module)) {
      walk(file, (node) => {
        const text = textOf(node);
        if (text === undefined) return;
        const isDeclared = isEntityName(node) || isTableName(node);
        const names = isDeclared ? [text] : isSql(text) && /\bCREATE\b/.test(text) ? tablesIn(text) : [];
        for (const name of names) if (name.startsWith(`${module}_`)) owners.set(name, module);
      });
    }
  }
  return owners;
}

function isEntityName({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && calleeName(parent) === 'Entity';
}

/** The `name` in `new Table({ name: '…', columns })`. */
function isTableName({ parent }: ts.Node): boolean {
  if (!ts.isPropertyAssignment(parent) || parent.name.getText() !== 'name') return false;
  const created = parent.parent.parent;
  return ts.isNewExpression(created) && ts.isIdentifier(created.expression) && created.expression.text === 'Table';
}
