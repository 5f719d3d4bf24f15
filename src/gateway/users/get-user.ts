import { currentPrincipal, requirePrincipal } from '@aitbc/modulith';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GetMe, GetUser, UserNotFound, type UserView } from '../contract/index.js';
import { toUserView, User } from './user.entity.js';

@QueryHandler(GetMe)
export class GetMeHandler implements IQueryHandler<GetMe> {
  constructor(@InjectRepository(User, 'gateway') private readonly users: Repository<User>) {}

  async execute(): Promise<UserView> {
    const user = await this.users.findOneBy({ id: requirePrincipal().subject });
    if (!user) throw new UserNotFound();
    return toUserView(user);
  }
}

@QueryHandler(GetUser)
export class GetUserHandler implements IQueryHandler<GetUser> {
  constructor(@InjectRepository(User, 'gateway') private readonly users: Repository<User>) {}

  async execute({ userId }: GetUser): Promise<UserView> {
    const user = mayRead(userId) ? await this.users.findOneBy({ id: userId }) : null;
    if (!user) throw new UserNotFound();
    return toUserView(user);
  }
}

/** Allows the system (no principal), operators and the user itself. */
function mayRead(userId: string): boolean {
  const principal = currentPrincipal();
  if (!principal || principal.subject === userId) return true;
  return principal.roles.includes('operator') || principal.roles.includes('admin');
}
