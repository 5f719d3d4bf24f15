import { UnitOfWork } from '@aitbc/modulith';
import { AppConfig, Clock } from '@aitbc/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { PasswordHasher } from './password-hasher.js';
import { normalEmail, User } from './user.entity.js';

/** Creates the first administrator when there is none, and shows a password that was generated, this once. */
@Injectable()
export class FirstAdministrator implements OnApplicationBootstrap {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly passwords: PasswordHasher,
    private readonly unitOfWork: UnitOfWork,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const email = normalEmail(this.config.adminEmail);
    if (!(await this.administratorExists())) {
      const passwordHash = await this.passwords.hash(this.config.adminPassword);
      await this.unitOfWork.run(() => this.create(email, passwordHash));
    }
    if (this.config.adminPasswordIsNew) await this.showPassword(email);
  }

  private async create(email: string, passwordHash: string): Promise<void> {
    // Another process may have been faster.
    if (await this.administratorExists()) return;
    await this.users.insert(User.register(uuidv7(), email, passwordHash, ['user', 'admin'], this.clock.now()));
  }

  private administratorExists(): Promise<boolean> {
    return this.users.createQueryBuilder('user').where('user.roles LIKE :role', { role: '%"admin"%' }).getExists();
  }

  /** Not where the database had an administrator before, whose password is another. */
  private async showPassword(email: string): Promise<void> {
    const administrator = await this.users.findOneBy({ email });
    const password = this.config.adminPassword;
    if (!administrator || !(await this.passwords.verify(password, administrator.passwordHash))) return;
    // Straight to the terminal: a logger would carry the password to wherever logs are kept.
    process.stdout.write(
      `\nThe first administrator, shown this once:\n  email     ${email}\n  password  ${password}\n\n`,
    );
  }
}
