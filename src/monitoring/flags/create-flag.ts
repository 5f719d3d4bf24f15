import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CreateFlag, FlagExists, type FlagView } from '../contract/index.js';
import { FlagChanges, stateOf } from './flag-changes.js';
import { toFlagView } from './flag-view.js';
import { assertSound, flagsInService, givenSettings } from './sound-flags.js';
import { StoredFlag } from './stored-flag.entity.js';

@CommandHandler(CreateFlag)
export class CreateFlagHandler implements ICommandHandler<CreateFlag> {
  constructor(
    @InjectRepository(StoredFlag, 'monitoring') private readonly flags: Repository<StoredFlag>,
    private readonly changes: FlagChanges,
    private readonly clock: Clock,
  ) {}

  async execute({ key, kind, ...given }: CreateFlag): Promise<FlagView> {
    const before = await this.flags.findOneBy({ key });
    if (before && !before.isArchived) throw new FlagExists(key);
    const flag = StoredFlag.create(key, kind, givenSettings(given), this.clock.now(), before);
    assertSound(flag, await flagsInService(this.flags));
    await this.flags.save(flag);
    await this.changes.record(key, 'create', { after: stateOf(flag.settings) });
    return toFlagView(flag);
  }
}
