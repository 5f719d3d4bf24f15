/** A password in a normal form, independent of keyboard and system. Passwords are always hashed in this form. */
export const normalPassword = (password: string): string => password.normalize('NFKC');
