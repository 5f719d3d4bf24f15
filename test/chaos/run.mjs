// npm run chaos [-- --fault redis-kill --seconds 60 --json]: runs the long form from its sources, as the tests run.
import { runnerImport } from 'vite';

const { module } = await runnerImport('./test/chaos/main.ts', {
  configFile: false,
  resolve: { tsconfigPaths: true },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  logLevel: 'warn',
});
process.exitCode = await module.main(process.argv.slice(2));
