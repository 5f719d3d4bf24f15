import { repositoryTree, WHOLE_TREE_MS } from '../boundaries/source-tree.js';
import { type ReadProblems, readProblems } from './read-problems.js';

const write = ({
  problems,
  codesOf,
}: ReadProblems) => `/** Written from the code by \`npm run docs:openapi\`: what each operation can be refused with. Never edited by hand. */
export const problems: Readonly<Record<string, { readonly status: number; readonly detail: string }>> = ${JSON.stringify(problems, null, 2)};

/** By the methods of controllers, and of what stands before them. */
export const codesOf: Readonly<Record<string, readonly string[]>> = {
${Object.entries(codesOf)
  .map(([name, codes]) => `  ${JSON.stringify(name)}: ${JSON.stringify(codes)},`)
  .join('\n')}
};
`;

describe('the codes with which operations refuse', () => {
  it(
    'are those of the code: run npm run docs:openapi',
    async () => {
      await expect(write(readProblems(repositoryTree, ['Gatekeeper', 'RequestContext']))).toMatchFileSnapshot(
        '../../src/gateway/http/operation-problems.ts',
      );
    },
    5 * WHOLE_TREE_MS,
  );
});
