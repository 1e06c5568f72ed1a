/** Uses the installed tarball like somebody who has nothing else of this repository. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { test } from "node:test";

import { CreateKeyCommand, DecryptCommand, EncryptCommand, KMSClient } from "@aws-sdk/client-kms";
import { PocketKms } from "pocket-kms";

const credentials = { accessKeyId: "111122223333", secretAccessKey: "any" };
const hello = new TextEncoder().encode("hello");

async function roundTrip(client) {
  const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
  const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: KeyMetadata.KeyId, Plaintext: hello }));
  const { Plaintext } = await client.send(new DecryptCommand({ CiphertextBlob }));
  assert.deepEqual(new Uint8Array(Plaintext), hello);
  return KeyMetadata.Arn;
}

test("the direct path takes and gives bytes", async () => {
  const kms = await PocketKms.create();
  const { KeyMetadata } = await kms.call("CreateKey", {});
  const { CiphertextBlob } = await kms.call("Encrypt", { KeyId: KeyMetadata.KeyId, Plaintext: hello });
  assert.ok(CiphertextBlob instanceof Uint8Array);
  assert.deepEqual((await kms.call("Decrypt", { CiphertextBlob })).Plaintext, hello);
});

test("CommonJS loads the same package", async () => {
  const require = createRequire(import.meta.url);
  const kms = await require("pocket-kms").PocketKms.create();
  assert.match((await kms.call("CreateKey", {})).KeyMetadata.Arn, /^arn:aws:kms:us-east-1:111122223333:key\//);
});

test("the AWS SDK is served in process", async () => {
  const kms = await PocketKms.create();
  const client = new KMSClient({ region: "eu-west-1", credentials, requestHandler: kms.requestHandler() });
  assert.match(await roundTrip(client), /^arn:aws:kms:eu-west-1:111122223333:key\//);
});

test("types are shipped where package.json says", () => {
  const folder = new URL("node_modules/pocket-kms/", import.meta.url);
  const { types } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
  assert.ok(existsSync(new URL(types, folder)));
});

test("our licences and those of everything that is linked are shipped", () => {
  const folder = new URL("node_modules/pocket-kms/", import.meta.url);
  for (const name of ["LICENSE-APACHE", "LICENSE-MIT", "LICENSE-RUST-LIBRARY.html"]) {
    assert.ok(existsSync(new URL(name, folder)), name);
  }
  const notice = readFileSync(new URL("LICENSE-THIRD-PARTY.txt", folder), "utf8");
  for (const name of ["rsa", "sha2", "serde", "wasm-bindgen"]) {
    assert.match(notice, new RegExp(`^${name} \\d`, "m"));
  }
});

test("a shell starts the server and stops it", { timeout: 60_000 }, async () => {
  const server = spawn("npx", ["--no-install", "pocket-kms", "serve", "--port", "0"], {
    cwd: new URL(".", import.meta.url),
    stdio: ["ignore", "pipe", "inherit"],
    detached: true, // a group of its own, so that Ctrl-C can reach all of it, as in a terminal
  });
  const ended = new Promise((resolve) => server.once("close", resolve));
  try {
    const { value: line } = await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next();
    const [endpoint] = /http:\/\/\S+:\d+/.exec(line);
    const client = new KMSClient({ region: "eu-west-1", credentials, endpoint });
    assert.match(await roundTrip(client), /^arn:aws:kms:eu-west-1:111122223333:key\//);
    client.destroy();
  } finally {
    process.kill(-server.pid, "SIGINT");
  }
  await ended;
});

test("the example of the README runs and keeps its promise", async () => {
  const [, example] = /```js\n(.*?)```/s.exec(readFileSync(process.env.README, "utf8"));
  const file = new URL("readme.mjs", import.meta.url);
  writeFileSync(file, `${example}\nexport { opened };\n`);
  const { opened } = await import(file);
  assert.deepEqual(new Uint8Array(opened.Plaintext), hello);
});
