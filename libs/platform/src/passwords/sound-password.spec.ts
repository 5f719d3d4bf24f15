import fc from 'fast-check';
import { passwordProblem } from './sound-password.js';

const EMAIL = 'ada.lovelace@example.org';

describe('a password', () => {
  it.each([
    ['eleven characters', 'k3Vq9xTz1Lw'],
    ['129 characters', 'k3Vq9xTz1LwP'.repeat(11).slice(0, 129)],
    ['four different characters', 'abcdabcdabcdabcdabcd'],
    ['one word again and again', 'hello'.repeat(4)],
    ['digits in a row', '123456789012'],
    ['letters in a row', 'defghijklmno'],
    ['a well-known one', 'Password1234!'],
    ['a walk over the keyboard', 'qwertyuiop12'],
    ['the email', EMAIL],
    ['the name in the email', 'ada.lovelace123'],
  ])('is not sound with %s', (_what, password) => {
    expect(passwordProblem(password, EMAIL)).toBeTypeOf('string');
  });

  it.each(['correct horse battery', 'k3Vq9xTz1LwP', 'пароль из многих слов', 'my-password-is-long'])(
    'is sound as %j',
    (password) => {
      expect(passwordProblem(password, EMAIL)).toBeUndefined();
    },
  );

  it('is judged whatever is sent', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (password, email) => {
        const problem = passwordProblem(password, email);
        if (typeof password !== 'string' || password.length < 12) expect(problem).toBeTypeOf('string');
      }),
    );
  });
});
