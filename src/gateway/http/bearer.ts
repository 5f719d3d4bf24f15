/** The credential in an Authorization header of the scheme Bearer. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^bearer +([\w.~+/=-]{1,4096})$/i.exec(header ?? '')?.[1];
}
