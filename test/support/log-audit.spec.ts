import { logProblems } from './log-audit.js';

const secrets = new Map([['hush-hush-hush', 'a password or token']]);
const problemsOf = (text: string, expected: RegExp[] = []) =>
  logProblems(new Map([['application.log', text]]), secrets, expected);

describe('the audit of logs', () => {
  it('finds a secret wherever it stands', () => {
    expect(problemsOf('{"level":"info","msg":"signed in with hush-hush-hush."}')).toEqual([
      'application.log shows a password or token',
    ]);
  });

  it('finds errors, those of the runtime too, but for the expected ones', () => {
    const errors = '{"level":"error","msg":"broken"}\nTypeError: x is undefined\n(node:1) Warning: leak';
    expect(problemsOf(errors)).toHaveLength(3);
    expect(problemsOf(errors, [/broken/, /undefined/])).toEqual([
      'application.log has an error: (node:1) Warning: leak',
    ]);
  });

  it('finds nothing in a log that is as it should be', () => {
    expect(problemsOf('{"level":"info","msg":"no error here"}\n2026-01-01 job 1: completed\n')).toEqual([]);
  });
});
