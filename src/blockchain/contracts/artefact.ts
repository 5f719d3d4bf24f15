import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { format } from 'prettier';
import { compile } from './compile.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** The build runs from `dist`, tests run from the sources: both read and write the sources. */
const repository = root.endsWith('/dist/') ? join(root, '..') : root;

export const contractsDirectory = join(repository, 'src/blockchain/contracts');
export const artefactFile = join(repository, 'src/blockchain/contract/job-escrow.ts');

/** The artefact file for the current JobEscrow.sol, which the repository must contain. */
export async function renderArtefact(): Promise<string> {
  const { JobEscrow } = compile('JobEscrow.sol', contractsDirectory);
  const text = `// Generated from src/blockchain/contracts/JobEscrow.sol by \`npm run contracts:build\`. Do not edit.
export const jobEscrow = ${JSON.stringify(JobEscrow, null, 2)} as const;
`;
  return format(text, { parser: 'typescript', printWidth: 120, singleQuote: true, trailingComma: 'all' });
}
