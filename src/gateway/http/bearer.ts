import { accessTokenSession } from '../contract/index.js';

/** The credential of an Authorization header with the Bearer scheme. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^bearer +([\w.~+/=-]{1,4096})$/i.exec(header ?? '')?.[1];
}

/** The session of the access token in an Authorization header. */
export function sessionOf(header: string | undefined): string | undefined {
  return accessTokenSession(bearerOf(header) ?? '');
}
