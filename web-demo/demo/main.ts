// `cargo xtask demo`: the playground of this repository, with the options of its command line.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { servePlayground } from './serve';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'page-port': { type: 'string' },
    open: { type: 'boolean' },
    folder: { type: 'string', default: fileURLToPath(new URL('../../dist', import.meta.url)) },
  },
});

servePlayground({ ...values, pagePort: values['page-port'] }).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
