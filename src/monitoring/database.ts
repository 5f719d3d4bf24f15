import { defineDatabase } from '@aitbc/modulith';
import { StoredFlag } from './flags/stored-flag.entity.js';
import { CreateFlags1764100000000 } from './migrations/1764100000000-create-flags.js';

export const monitoringDatabase = defineDatabase({
  module: 'monitoring',
  entities: [StoredFlag],
  migrations: [CreateFlags1764100000000],
});
