import { UnitOfWork } from '@aitbc/modulith';
import { AppConfig, Clock, InvalidConfig, normalEmail, PasswordStrength } from '@aitbc/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Administrators } from './administrators.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { User } from './user.entity.js';

/**
 * Creates the configured first administrator if there is none. This password controls the platform: startup fails if it
 * is easy to guess.
 */
@Injectable()
export class FirstAdministrator implements OnApplicationBootstrap {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly administrators: Administrators,
    private readonly strength: PasswordStrength,
    private readonly passwords: PasswordHasher,
    private readonly unitOfWork: UnitOfWork,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (await this.administrators.exist()) return;
    const { adminEmail, adminPassword } = this.config;
    const problem = await this.strength.problemOf(adminPassword, adminEmail);
    if (problem) throw new InvalidConfig([`ADMIN_PASSWORD ${problem}`]);
    const passwordHash = await this.passwords.hash(adminPassword);
    await this.unitOfWork.run(() => this.create(normalEmail(adminEmail), passwordHash));
  }

  private async create(email: string, passwordHash: string): Promise<void> {
    // Another process may have been faster.
    if (await this.administrators.exist()) return;
    await this.users.insert(User.register(uuidv7(), email, passwordHash, ['user', 'admin'], this.clock.now()));
  }
}
