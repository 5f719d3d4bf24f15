import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { tsconfigPaths: true },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    globals: true,
    globalSetup: ['test/support/global-setup.ts'],
    include: ['{src,libs,test}/**/*.spec.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'test/bench/**'],
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
