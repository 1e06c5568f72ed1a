// Alias names, which people give without their prefix.

export function aliasName(alias: string): string {
  return alias.startsWith('alias/') ? alias : `alias/${alias}`;
}

/** An alias of this name in the account and Region would make CreateAlias fail. */
export function isTaken(alias: string, aliases: readonly { AliasName: string }[]): boolean {
  return aliases.some(({ AliasName }) => AliasName === aliasName(alias));
}
