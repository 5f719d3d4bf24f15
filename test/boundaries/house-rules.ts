import ts from 'typescript';
import { placeOf, type SourceFile, type SourceTree, walk } from './source-tree.js';

/** Where the environment may be read: by the configuration, and by programs that run apart from the application. */
const READS_ENVIRONMENT =
  /^libs\/platform\/src\/config\/|^src\/agents\/(daemon\/configuration|verify-[^/]+)\.ts$|^src\/topology\/running-process\.ts$/;
/** Where a program starts, which hands the environment to its configuration as a whole. */
const STARTS_PROGRAM = /^src\/(.+\/)?main\.ts$|^ormconfig\.ts$/;
const HAS_BARREL = /^src\/[^/]+\/contract\/index\.ts$|^libs\/[^/]+\/src\/index\.ts$/;

/** What is created there is used once, by what the answer holds, and is read nowhere. */
const HAS_NO_LOCATION = /^src\/marketplace\/http\/address-challenges\.controller\.ts$/;

type Rule = (file: SourceFile, node: ts.Node) => string | undefined;

const RULES: readonly Rule[] = [
  noForwardRef,
  noExportStar,
  noEnvironment,
  noTelltaleName,
  noUnlocatedCreation,
  noSilentCatch,
];

/** Constructs and names that this repository does without, one line for each use. */
export function houseRuleViolations(tree: SourceTree): string[] {
  const violations: string[] = [];
  const top = ['ormconfig.ts'].filter((path) => tree.has(path)).map((path) => tree.file(path));
  for (const file of [...tree.files('src', 'libs', 'test'), ...top]) {
    violations.push(...fileNameViolations(file));
    walk(file, (node) => {
      for (const rule of RULES) {
        const violation = rule(file, node);
        if (violation) violations.push(`${placeOf(file, node)}: ${violation}`);
      }
    });
  }
  return violations;
}

function fileNameViolations({ path, isTest }: SourceFile): string[] {
  const name = path.split('/').at(-1)!;
  if (/utils?\b|helpers?\b/i.test(name)) return [`${path}: a file is named by what it does, not "utils" or "helper"`];
  if (name === 'index.ts' && !isTest && !HAS_BARREL.test(path)) {
    return [`${path}: only contracts and libs have an index`];
  }
  return [];
}

function noForwardRef(_file: SourceFile, node: ts.Node): string | undefined {
  return ts.isIdentifier(node) && node.text === 'forwardRef' && !ts.isPropertyAccessExpression(node.parent)
    ? 'forwardRef hides an import cycle'
    : undefined;
}

function noExportStar(_file: SourceFile, node: ts.Node): string | undefined {
  if (!ts.isExportDeclaration(node)) return undefined;
  return !node.exportClause || ts.isNamespaceExport(node.exportClause) ? 'exports are named, not "*"' : undefined;
}

function noUnlocatedCreation(file: SourceFile, node: ts.Node): string | undefined {
  if (!ts.isMethodDeclaration(node) || file.isTest || HAS_NO_LOCATION.test(file.path)) return undefined;
  const decorators = (ts.getDecorators(node) ?? []).map(({ expression }) =>
    ts.isCallExpression(expression) ? expression.expression.getText() : '',
  );
  return decorators.includes('ApiCreatedResponse') && !decorators.includes('CreatedAt')
    ? 'an operation that answers 201 says with CreatedAt where what it created is'
    : undefined;
}

function noEnvironment(file: SourceFile, node: ts.Node): string | undefined {
  if (file.isTest || READS_ENVIRONMENT.test(file.path) || !takesEnvironment(node)) return undefined;
  const isHandedOn = ts.isCallExpression(node.parent) || ts.isNewExpression(node.parent);
  if (isHandedOn && STARTS_PROGRAM.test(file.path)) return undefined;
  return 'the environment is read once, by the configuration in libs/platform';
}

function takesEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && isProcess(node.expression);
  if (ts.isElementAccessExpression(node)) {
    return (
      ts.isStringLiteral(node.argumentExpression) &&
      node.argumentExpression.text === 'env' &&
      isProcess(node.expression)
    );
  }
  if (ts.isBindingElement(node)) {
    const declaration = node.parent.parent;
    const name = node.propertyName ?? node.name;
    return (
      ts.isIdentifier(name) &&
      name.text === 'env' &&
      ts.isVariableDeclaration(declaration) &&
      declaration.initializer !== undefined &&
      isProcess(declaration.initializer)
    );
  }
  if (ts.isImportSpecifier(node)) {
    const { moduleSpecifier } = node.parent.parent.parent as ts.ImportDeclaration;
    return (
      (node.propertyName ?? node.name).text === 'env' &&
      ts.isStringLiteral(moduleSpecifier) &&
      /^(node:)?process$/.test(moduleSpecifier.text)
    );
  }
  return false;
}

function isProcess(expression: ts.Expression): boolean {
  if (ts.isIdentifier(expression)) return expression.text === 'process';
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'process';
}

/** Whatever went wrong, a mistake in the program among it, is forgotten there: what may be so is told by a comment. */
function noSilentCatch({ isTest, syntax: { text } }: SourceFile, node: ts.Node): string | undefined {
  if (isTest || !ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const [handler] = node.arguments;
  const isCatch = node.expression.name.text === 'catch' && handler !== undefined;
  if (!isCatch || !ts.isArrowFunction(handler) || handler.parameters.length > 0 || acts(handler.body)) return undefined;
  const line = text.slice(0, node.expression.name.getStart()).split('\n').length;
  const above = text.split('\n').slice(Math.max(0, line - 3), line);
  return above.some((each) => each.includes('//'))
    ? undefined
    : 'a failure is handled, logged, or ignored for a reason that a comment above says';
}

function acts(body: ts.ConciseBody): boolean {
  if (ts.isBlock(body)) return body.statements.length > 0;
  const value = ts.isParenthesizedExpression(body) ? body.expression : body;
  return ts.isCallExpression(value) || ts.isBinaryExpression(value);
}

function noTelltaleName(_file: SourceFile, node: ts.Node): string | undefined {
  const isNamed = ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) || ts.isTypeAliasDeclaration(node);
  const name = isNamed ? (node.name?.text ?? '') : '';
  if (/^I[A-Z][a-z]/.test(name)) return `${name} has the prefix "I"`;
  const suffix = /(Impl|Manager|Helpers?|Utils?)$/.exec(name)?.[1];
  return suffix ? `${name} says "${suffix}" where it could say what it does` : undefined;
}
