/* The claims of an access token, unverified: `Authenticate` verifies it. Other credentials have no claims. */

/** When an access token expires. */
export function accessTokenExpiry(credential: string): Date | undefined {
  const { exp } = claimsOf(credential);
  return typeof exp === 'number' ? new Date(exp * 1_000) : undefined;
}

/** The session of an access token. */
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
