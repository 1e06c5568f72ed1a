// A plugin of Vite: what tiles tell of lessons, as one small module, so that the start page loads no steps.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const MODULE = 'virtual:lesson-heads';
const FOLDER = fileURLToPath(new URL('src/scenarios/', import.meta.url));

export function lessonHeads(): Plugin {
  return {
    name: 'lesson-heads',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      const read = (name: string): unknown => {
        const file = `${FOLDER}${name}.json`;
        this.addWatchFile(file);
        return JSON.parse(readFileSync(file, 'utf8'));
      };
      const heads = (read('index') as string[]).map((id) => ({ id, ...headOf(read(id)) }));
      return `export default ${JSON.stringify(heads)};`;
    },
  };
}

function headOf(lesson: unknown): object {
  const { title, summary, teaches, minutes } = lesson as Record<string, unknown>;
  return { title, summary, teaches, minutes };
}
