import { isNormalEmail, normalEmail } from '@aitbc/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

interface StoredUser {
  id: string;
  email: string;
}

/**
 * Rewrites international domains in ASCII, the form in which addresses are compared now. If two accounts turn out to
 * have the same address, the one already in this form keeps it; the other is left unchanged for an operator to resolve.
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

  /** The previous release reads these addresses as well, if users type them in this form. */
  async down(): Promise<void> {}
}
