/** The words of an email as an attacker would try them. */
export function wordsOf(email: string): string[] {
  return [email, ...email.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length > 2);
}
