import type { ErrorKind } from '@aitbc/modulith';
import { CODE_OF_STATUS, STATUS_OF_KIND } from '@aitbc/platform';
import { relative } from 'node:path';
import ts from 'typescript';
import { messageOf, messagesMadeIn, programOf } from '../boundaries/bus-calls.js';
import { isTest, type SourceFile, type SourceTree } from '../boundaries/source-tree.js';

/** A refusal: its status, and what it says. */
export interface ProblemText {
  readonly status: number;
  readonly detail: string;
}

export interface ReadProblems {
  /** By code. */
  readonly problems: Readonly<Record<string, ProblemText>>;
  /** The codes that can come of a method, `OffersController.bookOffer`, in alphabetical order. */
  readonly codesOf: Readonly<Record<string, readonly string[]>>;
}

/** What a command or query can be refused with wherever its module runs. */
const OF_QUERIES = ['DeadlineExceeded', 'ModuleUnavailable', 'Overloaded', 'Unavailable', 'UnsupportedVersion'];
const OF_COMMANDS = [...OF_QUERIES, 'ConcurrencyConflict', 'MessageTooLarge', 'OutcomeUnknown'];

type Body = ts.FunctionLikeDeclaration | ts.ClassDeclaration;

interface Step {
  readonly codes: ReadonlySet<string>;
  readonly next: ReadonlySet<Body>;
}

/**
 * Follows the code from the methods of controllers, and from those of the classes named, through calls and buses to
 * every error that is made on the way.
 */
export function readProblems(tree: SourceTree, others: readonly string[] = []): ReadProblems {
  return new ProblemReader(tree, others).read();
}

class ProblemReader {
  private readonly program: ts.Program;
  private readonly checker: ts.TypeChecker;
  private readonly sources: ts.SourceFile[];
  private readonly steps = new Map<Body, Step>();
  private readonly handlers = new Map<string, ts.MethodDeclaration>();
  private readonly subclasses = new Map<ts.Symbol, ts.ClassDeclaration[]>();
  private readonly problems = new Map<string, ProblemText>();

  constructor(
    private readonly tree: SourceTree,
    private readonly others: readonly string[],
  ) {
    const files = tree.modules.flatMap((module) => tree.filesOf(module)).filter((file) => !file.isTest);
    this.program = programOf(tree, files);
    this.checker = this.program.getTypeChecker();
    this.sources = this.program
      .getSourceFiles()
      .filter((file) => /^(src|libs)\//.test(this.pathOf(file)) && !isTest(this.pathOf(file)));
  }

  read(): ReadProblems {
    const roots: [string, ts.MethodDeclaration][] = [];
    this.eachClass((declaration) => {
      const name = declaration.name?.text ?? '';
      for (const clause of declaration.heritageClauses ?? []) {
        for (const { expression } of clause.types) this.addSubclass(expression, declaration);
      }
      for (const decorator of ts.getDecorators(declaration) ?? []) this.addHandler(declaration, decorator);
      if (!isController(declaration) && !this.others.includes(name)) return;
      for (const member of declaration.members) {
        if (ts.isMethodDeclaration(member) && member.body) roots.push([`${name}.${member.name.getText()}`, member]);
      }
    });
    const codesOf = roots
      .filter(([, method]) => isRoute(method) || this.others.includes(classOf(method)))
      .map(([name, method]) => [name, this.codesFrom(method)] as const);
    return { problems: sorted([...this.problems]), codesOf: sorted(codesOf) };
  }

  private eachClass(visit: (declaration: ts.ClassDeclaration) => void): void {
    const step = (node: ts.Node): void => {
      if (ts.isClassDeclaration(node)) visit(node);
      ts.forEachChild(node, step);
    };
    this.sources.forEach(step);
  }

  private addSubclass(parent: ts.Expression, declaration: ts.ClassDeclaration): void {
    const symbol = this.symbolAt(parent);
    if (symbol) this.subclasses.set(symbol, [...(this.subclasses.get(symbol) ?? []), declaration]);
  }

  private addHandler(declaration: ts.ClassDeclaration, { expression }: ts.Decorator): void {
    if (!ts.isCallExpression(expression) || !/^(Command|Query)Handler$/.test(expression.expression.getText())) return;
    const execute = methodNamed(declaration, 'execute');
    for (const argument of expression.arguments) {
      const message = this.symbolAt(argument);
      if (message && execute) this.handlers.set(message.name, execute);
    }
  }

  private codesFrom(root: ts.MethodDeclaration): string[] {
    const seen = new Set<Body>([root]);
    const codes = new Set<string>();
    for (const body of seen) {
      const step = this.stepOf(body);
      step.codes.forEach((each) => codes.add(each));
      step.next.forEach((each) => seen.add(each));
    }
    return [...codes].toSorted();
  }

  private stepOf(body: Body): Step {
    let step = this.steps.get(body);
    if (!step) this.steps.set(body, (step = this.look(body)));
    return step;
  }

  private look(body: Body): Step {
    const codes = new Set<string>();
    const next = new Set<Body>();
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node)) return;
      if (ts.isTryStatement(node) && answersErrorsItself(node)) return void ts.forEachChild(node.catchClause!, visit);
      if (ts.isNewExpression(node)) {
        const code = this.codeMadeBy(node);
        if (code) codes.add(code);
      }
      if (ts.isCallExpression(node)) {
        for (const { execute, names } of this.sendsOf(node)) {
          names.forEach((name) => this.addKernelError(name, codes));
          if (execute) next.add(execute);
        }
      }
      if (ts.isIdentifier(node)) this.bodiesBehind(node).forEach((each) => next.add(each));
      ts.forEachChild(node, visit);
    };
    if (ts.isClassDeclaration(body)) {
      // A pipe, named where a parameter is read.
      const transform = methodNamed(body, 'transform');
      if (transform) next.add(transform);
    } else ts.forEachChild(body, visit);
    return { codes, next };
  }

  /** The methods, functions, accessors and pipes that a name may stand for. */
  private bodiesBehind(node: ts.Identifier): Body[] {
    const symbol = this.symbolAt(node);
    return (symbol?.declarations ?? []).flatMap((declaration): Body[] => {
      const path = this.pathOf(declaration.getSourceFile());
      if (!/^(src|libs)\//.test(path) || isTest(path)) return [];
      if (ts.isClassDeclaration(declaration)) return ts.isDecorator(decoratorAround(node)) ? [declaration] : [];
      if (ts.isVariableDeclaration(declaration)) return functionsIn(declaration.initializer);
      if (ts.isMethodSignature(declaration) || ts.isMethodDeclaration(declaration)) {
        const name = declaration.name.getText();
        const overrides = this.subclassesOf(declaration.parent).map((each) => methodNamed(each, name));
        const own = ts.isMethodDeclaration(declaration) && declaration.body ? [declaration] : [];
        return [...own, ...overrides.filter((each) => each !== undefined)];
      }
      return ts.isFunctionLike(declaration) && 'body' in declaration && declaration.body
        ? [declaration as ts.FunctionLikeDeclaration]
        : [];
    });
  }

  private subclassesOf(parent: ts.Node): ts.ClassDeclaration[] {
    const name = ts.isClassDeclaration(parent) || ts.isInterfaceDeclaration(parent) ? parent.name : undefined;
    const symbol = name && this.checker.getSymbolAtLocation(name);
    return (symbol && this.subclasses.get(symbol)) ?? [];
  }

  private sendsOf(call: ts.CallExpression): { execute?: ts.MethodDeclaration; names: readonly string[] }[] {
    const [message] = call.arguments;
    if (!message || !ts.isPropertyAccessExpression(call.expression) || call.expression.name.text !== 'execute')
      return [];
    const bus = this.checker.getTypeAtLocation(call.expression.expression).getSymbol()?.name;
    if (bus !== 'CommandBus' && bus !== 'QueryBus') return [];
    const names = bus === 'CommandBus' ? OF_COMMANDS : OF_QUERIES;
    const syntax = call.getSourceFile();
    const messages =
      messageOf(this.tree, this.checker.getTypeAtLocation(message)) ??
      messagesMadeIn({ path: this.pathOf(syntax), isTest: false, syntax } satisfies SourceFile);
    return [{ names }, ...messages.map(({ name }) => ({ execute: this.handlers.get(name), names }))];
  }

  private addKernelError(name: string, codes: Set<string>): void {
    const errors = this.sources.find((file) => this.pathOf(file) === 'libs/modulith/src/contract/errors.ts');
    const declaration = errors?.statements.filter(ts.isClassDeclaration).find((each) => each.name?.text === name);
    const code = declaration && this.codeOf(declaration);
    if (code) codes.add(code);
  }

  private codeMadeBy(node: ts.NewExpression): string | undefined {
    const symbol = this.symbolAt(node.expression);
    const declaration = symbol?.declarations?.find(ts.isClassDeclaration);
    if (symbol?.name === 'HttpException') {
      const status = Number(node.arguments?.[1]?.getText());
      const code = CODE_OF_STATUS[status];
      if (code) this.problems.set(code, { status, detail: textOf(node.arguments![0]!) });
      return code;
    }
    return declaration && this.codeOf(declaration);
  }

  /** The code of an error's class, or of the class that it extends; undefined for what is no domain error. */
  private codeOf(declaration: ts.ClassDeclaration): string | undefined {
    const code = this.staticText(declaration, 'code');
    const kind = this.staticText(declaration, 'kind');
    if (!code) return undefined;
    const status = STATUS_OF_KIND[(kind ?? 'conflict') as ErrorKind];
    if (status === undefined) return undefined;
    this.problems.set(code, { status, detail: detailOf(declaration) });
    return code;
  }

  private staticText(declaration: ts.ClassDeclaration, name: string): string | undefined {
    const own = declaration.members.find(
      (each): each is ts.PropertyDeclaration => ts.isPropertyDeclaration(each) && each.name.getText() === name,
    );
    if (own?.initializer && ts.isStringLiteral(own.initializer)) return own.initializer.text;
    const parent = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    const extended = parent && this.symbolAt(parent.expression)?.declarations?.find(ts.isClassDeclaration);
    return extended && this.staticText(extended, name);
  }

  private symbolAt(node: ts.Node): ts.Symbol | undefined {
    const symbol = this.checker.getSymbolAtLocation(node);
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }

  private pathOf(file: ts.SourceFile): string {
    return relative(this.tree.root, file.fileName).replaceAll('\\', '/');
  }
}

const isController = (declaration: ts.ClassDeclaration) =>
  (ts.getDecorators(declaration) ?? []).some(({ expression }) => expression.getText().startsWith('Controller('));

const isRoute = (method: ts.MethodDeclaration) =>
  (ts.getDecorators(method) ?? []).some(({ expression }) =>
    /^(Get|Post|Put|Patch|Delete)\(/.test(expression.getText()),
  );

const classOf = ({ parent }: ts.MethodDeclaration) => (ts.isClassDeclaration(parent) ? (parent.name?.text ?? '') : '');

function methodNamed(declaration: ts.ClassDeclaration, name: string): ts.MethodDeclaration | undefined {
  return declaration.members.find(
    (each): each is ts.MethodDeclaration =>
      ts.isMethodDeclaration(each) && each.name.getText() === name && each.body !== undefined,
  );
}

function functionsIn(initializer: ts.Expression | undefined): ts.FunctionLikeDeclaration[] {
  if (!initializer) return [];
  if (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) return [initializer];
  // `createParamDecorator((_, context) => …)`
  return ts.isCallExpression(initializer) ? initializer.arguments.flatMap((each) => functionsIn(each)) : [];
}

function decoratorAround(node: ts.Node): ts.Node {
  let around: ts.Node = node;
  while (!ts.isDecorator(around) && (ts.isExpression(around) || ts.isPropertyAssignment(around)))
    around = around.parent;
  return around;
}

/** JSON-RPC tells of errors in an answer of its own. */
function answersErrorsItself({ catchClause }: ts.TryStatement): boolean {
  return /instanceof DomainError\b[^]*\breturn\b/.test(catchClause?.block.getText() ?? '');
}

/** The sentence of an error, with an ellipsis for what is different each time. */
function detailOf(declaration: ts.ClassDeclaration): string {
  let detail = '';
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword && node.arguments[0]) {
      detail ||= textOf(node.arguments[0]);
    }
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  if (detail !== '') return detail;
  const message = /message(?:: string)? = '([^']+)'/.exec(declaration.getText())?.[1];
  return message ?? '';
}

function textOf(node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isConditionalExpression(node)) return textOf(node.whenTrue);
  if (ts.isBinaryExpression(node)) return textOf(node.left) + textOf(node.right);
  if (!ts.isTemplateExpression(node)) return '';
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
