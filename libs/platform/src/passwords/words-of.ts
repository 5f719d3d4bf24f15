/** The words in an email that an attacker would try. */
export function wordsOf(email: string): string[] {
  return [email, ...email.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length > 2);
}
