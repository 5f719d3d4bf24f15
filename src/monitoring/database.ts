import { defineDatabase } from '@aitbc/modulith';
import { StoredFlag } from './flags/stored-flag.entity.js';
import { CreateFlags1764100000000 } from './migrations/1764100000000-create-flags.js';
import { CreatePoints1764300000000 } from './migrations/1764300000000-create-points.js';
import { Point } from './series/point.entity.js';

export const monitoringDatabase = defineDatabase({
  module: 'monitoring',
  entities: [StoredFlag, Point],
  migrations: [CreateFlags1764100000000, CreatePoints1764300000000],
});
