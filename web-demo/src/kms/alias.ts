// Alias names, which people give without their prefix.
import { words } from '../words';

const PREFIX = 'alias/';

/** AliasName of CreateAlias: at most this long, and of these characters. */
const LONGEST = 256;
const CHARACTERS = /^[a-zA-Z0-9:/_-]+$/;

/** The console always puts the prefix before what was typed, even before another prefix (P1-149). */
export function aliasName(alias: string): string {
  return PREFIX + alias;
}

/** An alias as people give it. */
export function withoutPrefix(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}

/** AWS keeps these for its own keys. */
export function isOfAws(alias: string): boolean {
  return alias.startsWith('aws/');
}

/** Why KMS would refuse such an alias to everybody; the console also asks for one, though a key needs none (P1-103). */
export function aliasFault(alias: string): string | undefined {
  const { missing, reserved, characters, length } = words.alias;
  if (alias === '') return missing;
  if (isOfAws(alias)) return reserved;
  if (!CHARACTERS.test(alias)) return characters;
  return aliasName(alias).length > LONGEST ? length(LONGEST - PREFIX.length) : undefined;
}

/** An alias of this name in the account and Region would make CreateAlias fail. */
export function isTaken(alias: string, aliases: readonly { AliasName: string }[]): boolean {
  return aliases.some(({ AliasName }) => AliasName === aliasName(alias));
}
