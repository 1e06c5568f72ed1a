// How AWS's tools spell the names of the API: `GenerateDataKey` is `generate-data-key`, `generate_data_key` and `generateDataKey`.

/** As botocore divides names: before each capital that begins a word. */
function divided(name: string, separator: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, `$1${separator}$2`)
    .replace(/([a-z0-9])([A-Z])/g, `$1${separator}$2`)
    .toLowerCase();
}

export const kebab = (name: string): string => divided(name, '-');

export const snake = (name: string): string => divided(name, '_');

export const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
