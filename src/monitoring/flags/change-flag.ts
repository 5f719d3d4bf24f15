import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ChangeFlag, FlagNotFound, type FlagView } from '../contract/index.js';
import { difference, FlagChanges, stateOf } from './flag-changes.js';
import { toFlagView } from './flag-view.js';
import { assertSound, flagsInService, givenSettings } from './sound-flags.js';
import { StoredFlag } from './stored-flag.entity.js';

@CommandHandler(ChangeFlag)
export class ChangeFlagHandler implements ICommandHandler<ChangeFlag> {
  constructor(
    @InjectRepository(StoredFlag, 'monitoring') private readonly flags: Repository<StoredFlag>,
    private readonly changes: FlagChanges,
    private readonly clock: Clock,
  ) {}

  async execute({ key, versions, ...given }: ChangeFlag): Promise<FlagView> {
    const flag = await this.flags.findOneBy({ key });
    if (!flag) throw new FlagNotFound(key);
    flag.assertChangeable(versions);
    const settings = givenSettings(given);
    const changed = difference(stateOf(flag.settings), stateOf({ ...flag.settings, ...settings }));
    // A repeated change is a no-op: no process has to reload the flag.
    if (!changed) return toFlagView(flag);
    flag.change(settings, this.clock.now());
    assertSound(flag, await flagsInService(this.flags));
    await this.flags.save(flag);
    await this.changes.record(key, 'change', changed);
    return toFlagView(flag);
  }
}
