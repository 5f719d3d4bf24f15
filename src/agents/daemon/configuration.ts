import { homedir } from 'node:os';
import { join } from 'node:path';

export interface DaemonConfiguration {
  apiUrl: string;
  token: string;
  /** Folder with the key and the work in progress. */
  home: string;
  /** The time limit of a job. */
  jobMilliseconds: number;
  /** The memory limit of a job, in MiB. */
  jobMemoryMebibytes: number;
}

/** The environment does not describe an agent; the message lists all problems. */
export class ConfigurationProblem extends Error {}

/** Reads the daemon's environment. @throws ConfigurationProblem */
export function readConfiguration(env: NodeJS.ProcessEnv): DaemonConfiguration {
  const problems: string[] = [];
  const wholeNumber = (name: string, fallback: number, least: number, most: number) => {
    const text = env[name] || String(fallback);
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    problems.push(`${name} must be a whole number from ${least} to ${most}, not ${JSON.stringify(text)}.`);
    return fallback;
  };
  const apiUrl = withoutVersion(env['AITBC_API_URL'] || 'http://127.0.0.1:3000');
  if (!isHttpUrl(apiUrl)) {
    problems.push(`AITBC_API_URL must be an http or https address, not ${JSON.stringify(env['AITBC_API_URL'])}.`);
  }
  const token = env['AITBC_AGENT_TOKEN'] ?? '';
  if (token === '') problems.push('AITBC_AGENT_TOKEN is missing: it is the token that POST /v1/agents returned.');
  else if (!/^[\x21-\x7e]+$/.test(token)) {
    problems.push('AITBC_AGENT_TOKEN holds spaces, line ends or other characters that no token has.');
  }
  const configuration = {
    apiUrl,
    token,
    home: env['AITBC_AGENT_HOME'] || join(homedir(), '.aitbc-agent'),
    jobMilliseconds: wholeNumber('AITBC_AGENT_JOB_MS', 60_000, 100, 3_600_000),
    jobMemoryMebibytes: wholeNumber('AITBC_AGENT_JOB_MEMORY_MIB', 256, 1, 4096),
  };
  if (problems.length > 0) throw new ConfigurationProblem(problems.join('\n'));
  return configuration;
}

/** Accepts the API's address as its banner prints it, or the server's: with or without a trailing /v1. */
function withoutVersion(url: string): string {
  return url.trim().replace(/\/+$/, '').replace(/\/v1$/, '').replace(/\/+$/, '');
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
