/** Uses the installed tarball like somebody who has nothing else of this repository. */

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { CreateKeyCommand, DecryptCommand, EncryptCommand, KMSClient } from "@aws-sdk/client-kms";
import { validate } from "dockerfile-utils";
import { build } from "esbuild";
import { PocketKms } from "pocket-kms";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { createServer, build as viteBuild } from "vite";

const credentials = { accessKeyId: "111122223333", secretAccessKey: "any" };
const hello = new TextEncoder().encode("hello");

const PACKAGE = fileURLToPath(new URL("node_modules/pocket-kms/", import.meta.url));

/** What a program of the installed packages prints. */
function run(program, ...parameters) {
  const flags = ["--no-install", program, ...parameters];
  return execFileSync("npx", flags, { cwd: new URL(".", import.meta.url), encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

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

test("Jest runs a CommonJS test as it comes, without a flag", () => {
  const story = `
    const { KmsError, PocketKms } = require("pocket-kms");
    test("what is encrypted is decrypted", async () => {
      const kms = await PocketKms.create();
      const { KeyMetadata: { KeyId } } = await kms.call("CreateKey");
      const { CiphertextBlob } = await kms.call("Encrypt", { KeyId, Plaintext: new TextEncoder().encode("hello") });
      expect(new TextDecoder().decode((await kms.call("Decrypt", { CiphertextBlob })).Plaintext)).toBe("hello");
      await expect(kms.call("DescribeKey", { KeyId: "alias/x" })).rejects.toBeInstanceOf(KmsError);
      await expect(kms.call("DescribeKey", { KeyId: "alias/x" })).rejects.toMatchObject({ name: "NotFoundException" });
      kms.audit.assertCalled("Decrypt", { key: KeyId, times: 1 });
      expect(() => kms.audit.assertNotCalled("Decrypt")).toThrow(/Decrypt/);
    });`;
  mkdirSync(new URL("jest/", import.meta.url), { recursive: true });
  writeFileSync(new URL("jest/story.test.js", import.meta.url), story);
  assert.equal(JSON.parse(run("jest", "--rootDir=jest", "--json", "--silent")).numPassedTests, 1);
});

/** The output of a program that esbuild has made into one file, in a folder where nothing else is. */
async function bundled(entry, format) {
  const folder = mkdtempSync(join(tmpdir(), "pocket-kms-"));
  const outfile = join(folder, format === "cjs" ? "one.cjs" : "one.mjs");
  const contents = `
    import { PocketKms } from "${entry}";
    PocketKms.create().then((kms) => kms.call("CreateKey")).then(
      ({ KeyMetadata }) => console.log(KeyMetadata.KeyState),
      (error) => console.log(error.message),
    );`;
  const resolveDir = fileURLToPath(new URL(".", import.meta.url));
  await build({ stdin: { contents, resolveDir }, bundle: true, platform: "node", format, outfile, logLevel: "silent" });
  try {
    return execFileSync(process.execPath, [outfile], { cwd: folder, encoding: "utf8" }).trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const format of ["esm", "cjs"]) {
  test(`a bundle of one file has the module inside, or says how: ${format}`, async () => {
    assert.equal(await bundled("pocket-kms/inline", format), "Enabled");
    assert.match(await bundled("pocket-kms", format), /does not find its WebAssembly module.*'pocket-kms\/inline'/);
  });
}

const SERVER_MODULE = (entry) => `
  import { PocketKms } from "${entry}";
  export const state = () => PocketKms.create().then((kms) => kms.call("CreateKey")).then(
    ({ KeyMetadata }) => KeyMetadata.KeyState,
    ({ message }) => message,
  );`;

/** What a module that Vite renders on a server says: as it is developed, and as it is built. */
async function renderedOnServer(entry, settings) {
  const root = mkdtempSync(fileURLToPath(new URL("ssr-", import.meta.url)));
  writeFileSync(join(root, "server.js"), SERVER_MODULE(entry));
  const options = { root, configFile: false, logLevel: "silent", ...settings };
  const server = await createServer({ ...options, server: { middlewareMode: true, watch: null, ws: false } });
  try {
    const developed = await (await server.ssrLoadModule("/server.js")).state();
    await viteBuild({ ...options, build: { ssr: "server.js", outDir: "out", rolldownOptions: { output: { entryFileNames: "[name].mjs" } } } });
    const built = await (await import(join(root, "out/server.mjs"))).state();
    return { developed, built };
  } finally {
    await server.close();
    rmSync(root, { recursive: true });
  }
}

test("Vite renders on a server with the package as it comes, which stays outside of the bundle", async () => {
  assert.deepEqual(await renderedOnServer("pocket-kms", {}), { developed: "Enabled", built: "Enabled" });
});

test("Vite puts the package into a server's bundle with the module inside, or it says how", async () => {
  const inside = { ssr: { noExternal: true } };
  assert.deepEqual(await renderedOnServer("pocket-kms/inline", inside), { developed: "Enabled", built: "Enabled" });
  assert.match((await renderedOnServer("pocket-kms", inside)).built, /does not find its WebAssembly module.*'pocket-kms\/inline'/);
});

test("publint has nothing to say", async () => {
  const { messages, pkg } = await publint({ pkgDir: PACKAGE, level: "suggestion", strict: true });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg)), []);
});

test("arethetypeswrong has nothing to say", () => {
  const parts = ["pocket_kms_bg.wasm", "pocket_kms_rest.wasm"];
  const noTypes = [...parts, ...parts.map((part) => `wide/${part}`), "templates_bg.wasm"];
  try {
    run("attw", process.env.TARBALL, "--format", "ascii", "--exclude-entrypoints", ...noTypes);
  } catch ({ stdout, message }) {
    assert.fail(stdout || message);
  }
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

/** The first lines of a program, to the one that begins so. */
async function linesTo(end, output) {
  const said = [];
  for await (const line of createInterface({ input: output })) {
    said.push(line);
    if (line.startsWith(end)) break;
  }
  return said;
}

test("the playground comes with the package, and shows the world that its API answers for", { timeout: 60_000 }, async () => {
  const server = spawn("npx", ["--no-install", "pocket-kms", "playground", "--port", "0", "--page-port", "0"], {
    cwd: new URL(".", import.meta.url),
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const ended = new Promise((resolve) => server.once("close", resolve));
  try {
    const said = await linesTo("ready", server.stdout);
    const address = (name) => said.find((line) => line.startsWith(name)).split(/\s+/).at(-1);
    const client = new KMSClient({ region: "us-east-1", credentials, endpoint: address("KMS API") });
    const arn = await roundTrip(client);
    client.destroy();
    const page = await (await fetch(address("playground"))).text();
    assert.match(page, /name="world" content="\/world"/);
    for (const [, script] of page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)) {
      assert.equal((await fetch(`${address("playground")}/${script}`)).status, 200, script);
    }
    // What a page asks its server: the method behind an index, as devalue writes it.
    const body = '[{"method":1,"args":2},"journal",[3],0]';
    const journal = async () => (await fetch(`${address("playground")}/world`, { method: "POST", body })).text();
    // The server looks for what the API has changed, again and again; the test's limit ends this if it never finds it.
    while (!(await journal()).includes(arn.split("/")[1])) await setTimeout(50);
  } finally {
    process.kill(-server.pid, "SIGINT");
  }
  await ended;
});

test("the licences of what the playground is made of are shipped", () => {
  for (const [notice, names] of [["page", ["react", "@cloudscape-design/components"]], [".", ["sirv", "devalue"]]]) {
    const text = readFileSync(join(PACKAGE, "playground", notice, "LICENSE-THIRD-PARTY.md"), "utf8");
    for (const name of names) assert.ok(text.includes(`## ${name} - `), name);
  }
});

test("the example of the README runs and keeps its promise", async () => {
  const [, example] = /```js\n(.*?)```/s.exec(readFileSync(process.env.README, "utf8"));
  const file = new URL("readme.mjs", import.meta.url);
  writeFileSync(file, `${example}\nexport { opened };\n`);
  const { opened } = await import(file);
  assert.deepEqual(new Uint8Array(opened.Plaintext), hello);
});

test("the examples of the package's own README run, one behind the other", async () => {
  const examples = [...readFileSync(join(PACKAGE, "README.md"), "utf8").matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);
  assert.ok(examples.length >= 6);
  const template = { Parameters: { Stage: { Type: "String" } }, Resources: { Key: { Type: "AWS::KMS::Key" } } };
  writeFileSync("template.yaml", JSON.stringify(template));
  const given = `const rootKey = new Uint8Array(32);
    const imageSha384 = new Uint8Array(48);
    const text = '{"Resources": {"Other": {"Type": "AWS::KMS::Key"}}}';
    const policy = '{"Version": "2012-10-17", "Statement": []}';
  `;
  const file = new URL("examples.mjs", import.meta.url);
  writeFileSync(file, `${given}${examples.join("\n")}\nexport { created };\n`);
  const { created } = await import(file);
  assert.match(created.KeyMetadata.Arn, /^arn:aws:kms:eu-west-1:111122223333:key\//);
});

test("the container file is well made, and installs this version", () => {
  const text = readFileSync(join(PACKAGE, "Containerfile"), "utf8");
  assert.deepEqual(validate(text).map(({ message }) => message), []);
  const { version } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
  assert.ok(text.includes(`pocket-kms@${version}`));
});
