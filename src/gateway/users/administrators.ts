import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { LastAdministrator } from '../contract/index.js';
import { User } from './user.entity.js';

/** Administrators, who can grant roles. At least one always remains. */
@Injectable()
export class Administrators {
  constructor(@InjectRepository(User, 'gateway') private readonly users: Repository<User>) {}

  exist(): Promise<boolean> {
    return this.all().getExists();
  }

  /** Call before removing this administrator. @throws LastAdministrator */
  async mustRemainWithout(userId: string): Promise<void> {
    const others = this.all().andWhere('user.lockedAt IS NULL').andWhere('user.id <> :userId', { userId });
    if (!(await others.getExists())) throw new LastAdministrator();
  }

  private all() {
    return this.users.createQueryBuilder('user').where('user.roles LIKE :role', { role: '%"admin"%' });
  }
}
