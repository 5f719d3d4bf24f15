import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { vi } from 'vitest';

export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** A mail server that stores the mails it receives. */
export class Mailbox {
  readonly received: ReceivedMail[] = [];
  /** Whether it rejects mails. */
  refuses = false;

  private constructor(private readonly server: SMTPServer) {}

  static async open(): Promise<Mailbox> {
    const mailbox: Mailbox = new Mailbox(
      new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS', 'AUTH'],
        onData(stream, session, done) {
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('end', () => {
            if (mailbox.refuses) return done(new Error('no room'));
            const text = Buffer.concat(chunks).toString().replaceAll('=\r\n', '').replaceAll('=3D', '=');
            const to = session.envelope.rcptTo[0]!.address;
            mailbox.received.push({ to, subject: /^Subject: (.*)$/m.exec(text)?.[1]?.trim() ?? '', text });
            done();
          });
        },
      }),
    );
    await new Promise<void>((resolve) => mailbox.server.listen(0, '127.0.0.1', resolve));
    return mailbox;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  /** The newest mail to an address, once there are at least `count`. */
  async mailTo(address: string, count = 1): Promise<ReceivedMail> {
    return vi.waitFor(
      () => {
        const mails = this.received.filter(({ to }) => to === address);
        if (mails.length < count) throw new Error(`${address} has ${mails.length} mails`);
        return mails.at(-1)!;
      },
      { timeout: 10_000 },
    );
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** The code in a mail. */
export function codeIn({ text }: ReceivedMail): string {
  return /: ([\w-]{43})\r?$/m.exec(text)![1]!;
}
