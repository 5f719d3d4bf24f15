/** Identifies an inbox row. */
export interface InboxKey {
  readonly messageId: string;
  readonly handler: string;
}

/** The first command that a command's handler sent. */
export interface SentCommand extends InboxKey {
  readonly module: string;
}
