import { Command, View } from '@aitbc/modulith';
import { Id, OptionalField, type Page, PageQuery } from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';
import { SIGN_IN_METHODS, type SignInMethod } from './views.js';

const TIME = { type: Date, nullable: true, example: '2026-01-01T00:00:00.000Z' } as const;

/** A session of the caller, from its sign-in to its last refresh. */
export class OpenSessionView extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071' }) id: string;
  @ApiProperty({ example: true, description: 'Whether the request was made in this session' }) current: boolean;
  @ApiProperty({ ...TIME, description: 'Null for a session from before this was recorded' }) signedInAt: Date | null;
  @ApiProperty({ ...TIME, description: 'When its tokens were last issued' }) lastUsedAt: Date | null;
  @ApiProperty({ type: String, nullable: true, example: '203.0.113.7', description: 'The address it was used from' })
  origin: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'curl/8.5.0', description: 'The User-Agent of its program' })
  client: string | null;
  @ApiProperty({ type: String, enum: SIGN_IN_METHODS, nullable: true, example: 'password' })
  method: SignInMethod | null;
  @ApiProperty({ example: '2026-01-31T00:00:00.000Z', description: 'When it ends unless it is refreshed' })
  expiresAt: Date;
}

/** The caller's open sessions, newest first. */
export class ListSessions extends PageQuery<Page<OpenSessionView>> {
  /** The session of the caller's access token. */
  @OptionalField() @Id() current?: string;
}

/** Ends one of the caller's sessions; its access token is refused within a second. @throws SessionNotFound */
export class EndSession extends Command {
  @Id() sessionId: string;
}
