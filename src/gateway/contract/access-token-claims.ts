/*
 * What an access token says of itself. Whether it is genuine, `Authenticate` tells; any other credential says nothing.
 */

/** When an access token ends by itself. */
export function accessTokenExpiry(credential: string): Date | undefined {
  const { exp } = claimsOf(credential);
  return typeof exp === 'number' ? new Date(exp * 1_000) : undefined;
}

/** The session that an access token belongs to. */
export function accessTokenSession(credential: string): string | undefined {
  const { sid } = claimsOf(credential);
  return typeof sid === 'string' ? sid : undefined;
}

function claimsOf(credential: string): { exp?: unknown; sid?: unknown } {
  try {
    const claims: unknown = JSON.parse(Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString());
    return typeof claims === 'object' && claims !== null ? claims : {};
  } catch {
    return {};
  }
}
