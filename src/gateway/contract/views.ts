import { Secret, View } from '@aitbc/modulith';
import { ApiProperty } from '@nestjs/swagger';

/** How a session was opened: with a password, with a password and a second-factor code, or with a passkey. */
export const SIGN_IN_METHODS = ['password', 'totp', 'passkey'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

export class UserView extends View {
  @ApiProperty({ example: '01914b7a-2f60-7000-8000-000000000000' })
  id: string;

  @ApiProperty({ example: 'ada@example.org' })
  email: string;

  @ApiProperty({ example: ['user'], isArray: true, enum: ['user', 'operator', 'admin'] })
  roles: string[];

  @ApiProperty({ example: '2026-01-01T00:00:00.000Z', format: 'date-time' })
  createdAt: Date;

  @ApiProperty({ example: true, description: 'Whether the owner proved to read mails to this address' })
  emailVerified: boolean;

  @ApiProperty({ example: false, description: 'Whether signing in takes a code besides the password' })
  secondFactor: boolean;
}

export class SessionView extends View {
  @ApiProperty({ type: UserView })
  user: UserView;

  @ApiProperty({ description: 'Goes into `Authorization: Bearer …`' })
  @Secret()
  accessToken: string;

  @ApiProperty({ description: 'Works once, at `POST /v1/auth/refresh`' })
  @Secret()
  refreshToken: string;

  @ApiProperty({ example: 900, description: 'Seconds until the access token expires' })
  expiresIn: number;

  @ApiProperty({
    example: [],
    isArray: true,
    type: String,
    description: 'Roles that the access token lacks until the user signs in with a second factor or a passkey',
  })
  withheldRoles: string[];
}

/** The principal of a credential. */
export class PrincipalView extends View {
  subject: string;
  roles: string[];
  scopes: string[];
}

export class AgentTokenView extends View {
  @Secret() token: string;
  expiresAt: Date;
}

export class GatewaySummaryView extends View {
  @ApiProperty({ example: 42 }) users: number;
  @ApiProperty({ example: 7, description: 'Sessions that could still be refreshed' }) openSessions: number;
  @ApiProperty({ example: 3 }) activeApiKeys: number;
}
