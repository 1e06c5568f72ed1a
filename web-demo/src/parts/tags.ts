// Tags between KMS's words and those of the tag editor.
import type { TagEditorProps } from '@cloudscape-design/components/tag-editor';
import type { Tag } from '../world/operations';

type Editable = TagEditorProps.Tag;

export function editable(tags: readonly Tag[], existing = false): Editable[] {
  return tags.map(({ TagKey, TagValue }) => ({ key: TagKey, value: TagValue, existing }));
}

export function kept(tags: readonly Editable[]): Tag[] {
  return tags.filter((tag) => !tag.markedForRemoval).map(({ key, value }) => ({ TagKey: key, TagValue: value }));
}

/** What is to be written, and which keys are to be removed. */
export function difference(before: readonly Tag[], after: readonly Tag[]): { changed: Tag[]; removed: string[] } {
  const value = (tags: readonly Tag[], key: string) => tags.find(({ TagKey }) => TagKey === key)?.TagValue;
  return {
    changed: after.filter(({ TagKey, TagValue }) => value(before, TagKey) !== TagValue),
    removed: before.map(({ TagKey }) => TagKey).filter((key) => value(after, key) === undefined),
  };
}
