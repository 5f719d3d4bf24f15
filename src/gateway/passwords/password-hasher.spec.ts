import { monitorEventLoopDelay } from 'node:perf_hooks';
import { PasswordHasher } from './password-hasher.js';

describe('a password hash', () => {
  const hasher = new PasswordHasher();

  it('is argon2id with its own salt, and tells the password from another', async () => {
    const [one, two] = await Promise.all([hasher.hash('correct horse battery'), hasher.hash('correct horse battery')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await hasher.verify('correct horse battery', one!)).toBe(true);
    expect(await hasher.verify('correct horse batterz', one!)).toBe(false);
  });

  it('is the same however the keyboard composes its letters', async () => {
    const hash = await hasher.hash('pässword in two parts'.normalize('NFD'));
    expect(await hasher.verify('pässword in two parts'.normalize('NFC'), hash)).toBe(true);
  });

  it('that is missing belongs to no password, not even to the one it is compared with', async () => {
    expect(await hasher.verify('no account has this password', null)).toBe(false);
  });

  it('is computed off the event loop', async () => {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await Promise.all(Array.from({ length: 16 }, () => hasher.hash('correct horse battery')));
    delay.disable();
    // On the event loop a single hash would take some 20 ms, and all of them ten times that.
    expect(delay.percentile(50) / 1e6).toBeLessThan(15);
  });
});
