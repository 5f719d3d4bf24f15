/** Stands for an interpolated expression in the text of a template literal. */
export const HOLE = '\u0001';

const NAME = String.raw`(?:"[^"]+"|[A-Za-z_][\w$]*)(?:\s*\.\s*(?:"[^"]+"|[A-Za-z_][\w$]*))?`;
const STATEMENT =
  /\bSELECT\b[\s\S]*\bFROM\b|\bINSERT\b[\s\S]*\bINTO\b|\bREPLACE\s+INTO\b|\bUPDATE\b[\s\S]*\bSET\b|\bDELETE\s+FROM\b|\b(?:CREATE|ALTER|DROP|TRUNCATE)\b[\s\S]*\b(?:TABLE|INDEX|VIEW|TRIGGER)\b|\bTRUNCATE\b|\b(?:LEFT|RIGHT|INNER|FULL|CROSS)\s+JOIN\b|\bJOIN\b[\s\S]*\bON\b|\bREFERENCES\b/;

const WITH_NAME =
  /(?:\bWITH(?:\s+RECURSIVE)?\s+|,\s*)"?(\w+)"?(?:\s*\([^()]*\))?\s+AS\s*(?:(?:NOT\s+)?MATERIALIZED\s*)?\(/gi;

/** Whether a text is SQL, or a part of it. In a program's strings SQL is told from prose by its capitals. */
export function isSql(text: string): boolean {
  return STATEMENT.test(text);
}

/** The tables that a piece of SQL names, as written but without quotes; names of its own (WITH … AS) are left out. */
export function tablesIn(sql: string): string[] {
  const text = sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ').replace(/'(?:[^']|'')*'/g, "''");
  const own = new Set([...text.matchAll(WITH_NAME)].map((each) => each[1]!));
  const tables = [
    ...firstNames(text, /\b(?:FROM|JOIN)\s+(?:ONLY\s+|LATERAL\s+)?/gi, { functions: true }),
    ...firstNames(text, /\bINTO\s+/gi),
    ...firstNames(text, /(?<!\bFOR\s+(?:NO\s+KEY\s+)?)(?<!\bDO\s+)\bUPDATE\s+(?:OR\s+\w+\s+)?(?:ONLY\s+)?/gi),
    ...firstNames(text, /\b(?:TABLE|TRUNCATE)\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?(?:ONLY\s+)?/gi),
    ...firstNames(text, /\bREFERENCES\s+/gi),
    ...firstNames(text, /\b(?:INDEX|TRIGGER)\b[^;]*?\bON\s+(?:ONLY\s+)?/gi),
  ];
  return [...new Set(tables.map((each) => each.replace(/["\s]/g, '')))].filter((each) => !own.has(each));
}

const KEYWORDS = new Set([
  'SELECT',
  'SET',
  'OF',
  'ON',
  'SKIP',
  'NOWAIT',
  'TABLE',
  'ONLY',
  'LATERAL',
  'EXISTS',
  'IF',
  'VALUES',
]);

function firstNames(text: string, opening: RegExp, { functions = false } = {}): string[] {
  const names: string[] = [];
  for (const match of text.matchAll(opening)) {
    if (/\bDISTINCT\s+$/i.test(text.slice(0, match.index))) continue;
    let at = match.index + match[0].length;
    // FROM a, b AS c, d: a list of names, each perhaps under another.
    for (;;) {
      const name = new RegExp(NAME, 'y');
      name.lastIndex = at;
      const found = name.exec(text)?.[0];
      const after = found ? text.slice(at + found.length) : '';
      if (!found || KEYWORDS.has(found.toUpperCase())) break;
      const isCall = functions && /^\s*\(/.test(after);
      if (!isCall) names.push(found);
      const next = functions && !isCall ? /^(?:\s+(?:AS\s+)?(?!JOIN|WHERE|ON\b)\w+)?\s*,\s*/i.exec(after) : null;
      if (!next) break;
      at += found.length + next[0].length;
    }
  }
  return names;
}
