import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import solc from 'solc';

/** A contract compiled by solc, with everything needed to reproduce it. */
export interface ContractArtefact {
  readonly contractName: string;
  readonly compiler: string;
  readonly settings: typeof settings;
  /** SHA-256 of the source file, hex. */
  readonly sourceHash: string;
  readonly abi: readonly unknown[];
  /** Creation code, without constructor arguments. */
  readonly bytecode: `0x${string}`;
}

interface CompilerOutput {
  errors?: { severity: string; formattedMessage: string }[];
  contracts?: Record<string, Record<string, { abi: unknown[]; evm: { bytecode: { object: string } } }>>;
}

// A metadata hash would make the bytecode depend on comments and paths.
const settings = { evmVersion: 'osaka', optimizer: { enabled: true, runs: 200 }, metadata: { bytecodeHash: 'none' } };

/**
 * Compiles one Solidity file. Warnings count as errors, except those in `tolerated`: the contract holds money.
 * @throws Error with solc's message if the source does not compile cleanly
 */
export function compile(file: string, directory: string, tolerated: RegExp = /(?!)/): Record<string, ContractArtefact> {
  const source = readFileSync(join(directory, file), 'utf8');
  const input = {
    language: 'Solidity',
    sources: { [file]: { content: source } },
    settings: { ...settings, outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } } },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as CompilerOutput;
  const problems = (output.errors ?? []).filter((error) => !tolerated.test(error.formattedMessage));
  if (problems.length > 0) throw new Error(problems.map((problem) => problem.formattedMessage).join('\n'));
  const sourceHash = createHash('sha256').update(source).digest('hex');
  return Object.fromEntries(
    Object.entries(output.contracts?.[file] ?? {}).map(([contractName, { abi, evm }]) => [
      contractName,
      { contractName, compiler: solc.version(), settings, sourceHash, abi, bytecode: `0x${evm.bytecode.object}` },
    ]),
  );
}
