import 'reflect-metadata';
import { ModulithError, SecretMismatch } from '@aitbc/modulith';
import { AppConfig, InvalidConfig, noTracing, startTracing, type Tracing } from '@aitbc/platform';
import { rewrapKeys } from './rewrap-keys.js';
import { startApplication } from './start-application.js';

try {
  const config = new AppConfig(process.env);
  if (process.argv[2] === 'rewrap-keys') await rewrap(config);
  else {
    for (const warning of config.warnings) process.stderr.write(`${warning}\n`);
    const { url } = await startApplication(config, tracingOf(config));
    process.stdout.write(welcome(config, url));
  }
} catch (error) {
  process.stderr.write(`${explain(error as Error)}\n`);
  process.exit(1);
}

async function rewrap(config: AppConfig): Promise<void> {
  const { report, isComplete } = await rewrapKeys(config);
  process.stdout.write(`${report.join('\n')}\n`);
  if (!isComplete) process.exitCode = 1;
}

function tracingOf(config: AppConfig): Tracing {
  if (!config.telemetry) return noTracing();
  return startTracing({
    serviceName: 'aitbc',
    serviceVersion: config.version,
    environment: config.nodeEnv,
    otlpEndpoint: config.otlpEndpoint,
    sampling: { ratio: config.traceSampleRatio, slowMs: config.traceSlowMs, secret: config.modulithSecret },
  });
}

/** Errors that the operator can fix need no stack trace. */
function explain(error: Error): string {
  if (error instanceof InvalidConfig || error instanceof ModulithError) return error.message;
  if (error instanceof SecretMismatch) return `MODULITH_SECRET is not usable: ${error.message}`;
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return `PORT is taken: ${error.message}`;
  return String(error.stack);
}

function welcome(config: AppConfig, url: string): string {
  const lines = [`AITBC ${config.version} hosts ${config.hosted.join(', ')}`];
  if (config.hosts('gateway')) {
    lines.push(
      `  API       ${url}/v1`,
      `  Docs      ${url}/docs`,
      `  OpenAPI   ${url}/openapi.json`,
      `  JSON-RPC  ${url}/rpc`,
    );
  }
  lines.push(`  Health    ${url}/health/ready`, `  Metrics   ${url}/metrics`);
  if (config.hosts('gateway') && config.adminPasswordIsNew) {
    lines.push(
      '',
      `  Administrator  ${config.adminEmail}`,
      `  Password       ${config.adminPassword}   (shown this once)`,
    );
  }
  return `${lines.join('\n')}\n`;
}
