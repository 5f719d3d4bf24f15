/**
 * When an access token ends by itself, as it says: whether it is genuine, `Authenticate` tells. Undefined for any other
 * credential.
 */
export function accessTokenExpiry(credential: string): Date | undefined {
  try {
    const claims = Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString();
    const { exp } = JSON.parse(claims) as { exp?: unknown };
    return typeof exp === 'number' ? new Date(exp * 1_000) : undefined;
  } catch {
    return undefined;
  }
}
