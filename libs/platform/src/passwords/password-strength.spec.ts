import { PasswordStrength } from './password-strength.js';

const EMAIL = 'ada.lovelace@example.org';

describe('the strength of a password', () => {
  const strength = new PasswordStrength();
  const refusal = (password: string) =>
    strength.mustBeSound(password, { email: EMAIL }).then(
      () => undefined,
      (error: { details: { errors: { field: string; message: string }[] } }) => error.details.errors[0],
    );

  it.each([
    'Passw0rd2024!',
    '1q2w3e4r5t6y',
    'trustno1trustno1',
    'password password',
    'Summer2024!!',
    'iloveyou2024!!',
    'aitbcaitbc2024',
    'trustno1'.repeat(16),
    '1q2w3e4r5t6y7u8i9o0p'.repeat(6),
  ])('is too little in %j', async (password) => {
    expect(await refusal(password)).toMatchObject({ field: 'password', message: expect.stringMatching(/^password /) });
  });

  it.each([
    'correct horse battery',
    'k3Vq9xTz1LwP',
    'пароль из многих слов',
    'my-password-is-long',
    // What is weak at its beginning can be safe at its end.
    'trustno1trustno1trustno1 k3Vq9xTz1LwP',
  ])('is enough in %j', async (password) => {
    expect(await refusal(password)).toBeUndefined();
  });

  it('names the field and says nothing of the password', async () => {
    const error = await strength.mustBeSound('Passw0rd2024!', { field: 'newPassword' }).catch((each: Error) => each);
    expect(error).toMatchObject({ code: 'validation_failed', details: { errors: [{ field: 'newPassword' }] } });
    expect(String(error)).not.toContain('Passw0rd2024!');
  });

  it('is estimated in bounded time, whatever is sent', async () => {
    const substitutions = '4@8({[</369&#!1/|0$5+7%2';
    const worst = [substitutions.repeat(6), '4dm1n@$$5'.repeat(14), '12.12.2012'.repeat(12), 'a'.repeat(128)];
    await refusal('the first loads the dictionaries');
    const started = performance.now();
    for (const password of worst) await refusal(password.slice(0, 128));
    // Without the window each takes seconds.
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
