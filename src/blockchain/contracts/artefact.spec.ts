import { readFile } from 'node:fs/promises';
import { jobEscrow } from '../contract/job-escrow.js';
import { artefactFile, renderArtefact } from './artefact.js';

describe('the JobEscrow artefact', () => {
  it('is what a fresh compile of the source gives', async () => {
    expect(await readFile(artefactFile, 'utf8')).toBe(await renderArtefact());
  });

  it('was compiled for the hardfork that the chain runs', () => {
    expect(jobEscrow.settings.evmVersion).toBe('osaka');
    expect(jobEscrow.compiler).toContain('0.8.37');
  });
});
