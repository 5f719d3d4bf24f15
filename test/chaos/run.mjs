// npm run chaos [-- --fault redis-kill --seconds 60 --json]: runs the long form from its sources, as the tests run.
import { runnerImport } from 'vite';

await runnerImport('./test/chaos/cli.ts', {
  configFile: false,
  resolve: { tsconfigPaths: true },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  logLevel: 'warn',
});
