// The demo's server as a program, and its KMS API as any tool calls it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../demo/dist/main.js', import.meta.url));

/** Starts the demo on free ports, and waits until it is ready. */
export async function startDemo(...options) {
  const server = spawn(process.execPath, [SERVER, '--port=0', '--page-port=0', ...options]);
  // It has ended once everything that it said has come, too.
  const ended = once(server, 'close');
  const said = [];
  let complaint = '';
  server.stderr.on('data', (text) => (complaint += text));
  for await (const line of createInterface({ input: server.stdout })) {
    said.push(line);
    if (line.startsWith('ready')) break;
  }
  const address = (name) => said.find((line) => line.startsWith(name))?.split(/\s+/).at(-1);
  server.stdout.on('data', (text) => said.push(String(text)));
  return { server, said, ended, complaint: () => complaint, page: address('playground'), api: address('KMS API') };
}

/** What any AWS SDK or CLI sends. */
export async function call(api, operation, input = {}) {
  const scope = '111122223333/20261126/us-east-1/kms/aws4_request';
  const response = await fetch(api, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `TrentService.${operation}`,
    },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  return text && JSON.parse(text);
}
