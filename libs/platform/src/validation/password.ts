/** One spelling of a password, whichever keyboard and system it was typed on. It is hashed in this form, never as it came. */
export const normalPassword = (password: string): string => password.normalize('NFKC');
