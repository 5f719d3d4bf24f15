import { isNormalEmail, normalEmail } from '@aitbc/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

interface StoredUser {
  id: string;
  email: string;
}

/**
 * Writes international domains in their ASCII form, as addresses are compared now. Of two accounts that turn out to be of
 * one address the one that has it keeps it; the other stays as it is, for an operator to look at.
 */
export class NormaliseEmails1765105000001 implements MigrationInterface {
  name = 'NormaliseEmails1765105000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    const users = (await queryRunner.query('SELECT id, email FROM gateway_users')) as StoredUser[];
    const taken = new Set(users.map(({ email }) => email));
    const [email, id] = queryRunner.connection.options.type === 'postgres' ? ['$1', '$2'] : ['?', '?'];
    for (const user of users) {
      const normal = normalEmail(user.email);
      if (taken.has(normal) || !isNormalEmail(normal)) continue;
      taken.add(normal);
      await queryRunner.query(`UPDATE gateway_users SET email = ${email} WHERE id = ${id}`, [normal, user.id]);
    }
  }

  /** The release before reads these addresses as well: whoever signs in types them in this form. */
  async down(): Promise<void> {}
}
