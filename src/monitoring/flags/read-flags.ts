import { declaredFlags } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { FlagNotFound, type FlagView, GetFlag, ListFlags } from '../contract/index.js';
import { toDeclaredView, toFlagView } from './flag-view.js';
import { StoredFlag } from './stored-flag.entity.js';

@QueryHandler(ListFlags)
export class ListFlagsHandler implements IQueryHandler<ListFlags> {
  constructor(@InjectRepository(StoredFlag, 'monitoring') private readonly flags: Repository<StoredFlag>) {}

  async execute({ archived = false }: ListFlags): Promise<FlagView[]> {
    const stored = await this.flags.find();
    const shown = stored.filter((flag) => archived || !flag.isArchived).map(toFlagView);
    const keys = new Set(shown.map(({ key }) => key));
    const declared = [...declaredFlags.keys()].filter((key) => !keys.has(key)).map(toDeclaredView);
    return [...shown, ...declared].toSorted((one, other) => (one.key < other.key ? -1 : 1));
  }
}

@QueryHandler(GetFlag)
export class GetFlagHandler implements IQueryHandler<GetFlag> {
  constructor(@InjectRepository(StoredFlag, 'monitoring') private readonly flags: Repository<StoredFlag>) {}

  async execute({ key }: GetFlag): Promise<FlagView> {
    const stored = await this.flags.findOneBy({ key });
    if (stored) return toFlagView(stored);
    if (declaredFlags.has(key)) return toDeclaredView(key);
    throw new FlagNotFound(key);
  }
}
