import type { Flag } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { FlagSnapshotView, GetFlagSnapshot } from '../contract/index.js';
import { StoredFlag } from './stored-flag.entity.js';

@QueryHandler(GetFlagSnapshot)
export class GetFlagSnapshotHandler implements IQueryHandler<GetFlagSnapshot> {
  constructor(@InjectRepository(StoredFlag, 'monitoring') private readonly flags: Repository<StoredFlag>) {}

  /** Every change increases one version and decreases none, so their sum identifies the state. */
  async execute({ known }: GetFlagSnapshot): Promise<FlagSnapshotView> {
    if (known !== undefined && (await this.flags.sum('version')) === known) {
      return FlagSnapshotView.of({ revision: known, flags: null });
    }
    // Flags and revision come from one read: a commit may fall between two.
    const all = await this.flags.find();
    const revision = all.reduce((sum, { version }) => sum + version, 0);
    return FlagSnapshotView.of({ revision, flags: all.filter((flag) => !flag.isArchived).map(toFlag) });
  }
}

function toFlag({ key, kind, version, settings }: StoredFlag): Flag {
  return { ...settings, key, kind, version };
}
