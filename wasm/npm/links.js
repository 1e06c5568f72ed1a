/** Links that carry a world: `<page>#/world/<base64url of the raw deflate of a recipe's JSON>`. */

/** The longest code of a link, in characters. */
const LONGEST = 64 << 10;

/** The longest recipe, in bytes. */
const LONGEST_RECIPE = 4 << 20;

/** What stands before the code. */
const MARK = '#/world/';

/** The link of a recipe. */
export async function linkOf(recipe, base = '') {
  if (typeof base !== 'string') throw new TypeError('the base of a link is the address of a page, a text');
  const packed = await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(recipe), Infinity);
  const code = written(packed);
  if (code.length > LONGEST) {
    throw new RangeError(`the recipe of this world is too long for a link: it has ${code.length} characters, and a link at most ${LONGEST}; hand the recipe on as a file`);
  }
  return base.split('#', 1)[0] + MARK + code;
}

/** The recipe of a link, or of its code alone, as JSON text. */
export async function recipeOf(link) {
  if (typeof link !== 'string') throw new TypeError('a link is a text');
  const place = link.indexOf(MARK);
  // What stands behind the code belongs to the page.
  const code = (place < 0 ? link : link.slice(place + MARK.length)).trim().split(/[?&#/]/u, 1)[0].replace(/=+$/u, '');
  if (code.length > LONGEST) throw new RangeError(`this link is too long: its world has at most ${LONGEST} characters`);
  if (!/^[\w-]+$/u.test(code)) throw new TypeError('this is not the link of a world: such a link has #/world/ and letters, digits, - and _ behind it');
  const recipe = await through(new DecompressionStream('deflate-raw'), read(code), LONGEST_RECIPE).catch((error) => {
    if (error instanceof RangeError) throw error;
    throw new TypeError('this link is broken: perhaps a part of it was lost on the way');
  });
  return new TextDecoder().decode(recipe);
}

/** What comes out of a stream into which bytes go, up to a limit. */
async function through(stream, bytes, most) {
  const writer = stream.writable.getWriter();
  // What goes wrong here goes wrong where it is read, too.
  writer.write(bytes).then(() => writer.close()).catch(() => {});
  const chunks = [];
  let length = 0;
  const reader = stream.readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > most) {
      reader.cancel().catch(() => {});
      throw new RangeError('this link carries too long a recipe: one has at most 4 MiB');
    }
    chunks.push(next.value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Bytes in base64url. */
function written(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/u, '');
}

/** The bytes of a text in base64url. */
function read(code) {
  try {
    return Uint8Array.from(atob(code.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  } catch {
    throw new TypeError('this link is broken: perhaps a part of it was lost on the way');
  }
}
