import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ArchiveFlag, FlagNeeded, FlagNotFound, type FlagView } from '../contract/index.js';
import { FlagChanges, stateOf } from './flag-changes.js';
import { toFlagView } from './flag-view.js';
import { type FlagsInService, flagsInService } from './sound-flags.js';
import { StoredFlag } from './stored-flag.entity.js';

@CommandHandler(ArchiveFlag)
export class ArchiveFlagHandler implements ICommandHandler<ArchiveFlag> {
  constructor(
    @InjectRepository(StoredFlag, 'monitoring') private readonly flags: Repository<StoredFlag>,
    private readonly changes: FlagChanges,
    private readonly clock: Clock,
  ) {}

  async execute({ key, versions }: ArchiveFlag): Promise<FlagView> {
    const flag = await this.flags.findOneBy({ key });
    if (!flag) throw new FlagNotFound(key);
    flag.assertChangeable(versions);
    const needing = flagsThatNeed(key, await flagsInService(this.flags));
    if (needing.length > 0) throw new FlagNeeded(key, needing);
    flag.archive(this.clock.now());
    await this.flags.save(flag);
    await this.changes.record(key, 'archive', { before: stateOf(flag.settings) });
    return toFlagView(flag);
  }
}

function flagsThatNeed(key: string, flags: FlagsInService): string[] {
  const needing = [...flags.values()].filter(({ prerequisites }) => prerequisites.some(({ flag }) => flag === key));
  return needing.map((each) => each.key).toSorted();
}
