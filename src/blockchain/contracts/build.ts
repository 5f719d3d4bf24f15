import { writeFile } from 'node:fs/promises';
import { artefactFile, renderArtefact } from './artefact.js';

await writeFile(artefactFile, await renderArtefact());
console.log(`wrote ${artefactFile}`);
