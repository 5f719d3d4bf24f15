import { AgentDaemon, AgentStopped } from './agent-daemon.js';
import { KeyProblem, loadOrCreateKey } from './agent-key.js';
import { ConfigurationProblem, readConfiguration } from './configuration.js';
import { PlatformClient } from './platform-client.js';
import { defaultWasmLimits, WasmExecutor } from './wasm/wasm-executor.js';
import { WorkProblem, WorkStore } from './work-store.js';

const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`);
const pagesPerMebibyte = 16;

/** The agent daemon. Exit codes: 0 stopped, 1 unexpected, 2 configuration or token, 3 key or home. */
async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const wasm = new WasmExecutor({
    ...defaultWasmLimits,
    milliseconds: configuration.jobMilliseconds,
    memoryPages: configuration.jobMemoryMebibytes * pagesPerMebibyte,
  });
  const daemon = new AgentDaemon({
    platform: new PlatformClient(configuration.apiUrl, configuration.token),
    store: new WorkStore(configuration.home),
    key: await loadOrCreateKey(configuration.home),
    executors: { wasm },
    log,
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log(`${signal}: finishing what runs`);
      daemon.stop();
    });
  }
  await daemon.run();
}

/** A file or folder of the agent's home is unusable; the message names it and the reason. */
function isHomeProblem(error: unknown): boolean {
  return error instanceof Error && 'code' in error && 'path' in error && 'syscall' in error;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof AgentStopped) return error.exitCode;
  if (error instanceof ConfigurationProblem) return 2;
  return error instanceof KeyProblem || error instanceof WorkProblem || isHomeProblem(error) ? 3 : 1;
}

try {
  await main();
  log('stopped');
  process.exit(0);
} catch (error) {
  const exitCode = exitCodeOf(error);
  console.error(exitCode === 1 || !(error instanceof Error) ? error : error.message);
  process.exit(exitCode);
}
