import { main } from './main.js';

// While it is being imported: what loads it closes afterwards, and nothing could be imported any more.
process.exitCode = await main(process.argv.slice(2));
