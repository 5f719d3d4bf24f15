import { defineDatabase } from '@aitbc/modulith';

export const monitoringDatabase = defineDatabase({
  module: 'monitoring',
  entities: [],
  migrations: [],
});
