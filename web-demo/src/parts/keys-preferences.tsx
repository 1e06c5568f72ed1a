// The preferences of a table of keys: how many rows a page has, whether lines wrap, and which columns are shown.
import CollectionPreferences, { type CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences';
import { words } from '../words';

const { keys } = words;

const PAGE_SIZES = { options: [10, 30, 100].map((value) => ({ value, label: keys.pageSize(value) })) };

interface Props {
  columns: readonly CollectionPreferencesProps.ContentDisplayOption[];
  preferences: CollectionPreferencesProps.Preferences;
  onChange(preferences: CollectionPreferencesProps.Preferences): void;
}

export function KeysPreferences({ columns, preferences, onChange }: Props) {
  return (
    <CollectionPreferences
      pageSizePreference={PAGE_SIZES}
      wrapLinesPreference={{}}
      contentDisplayPreference={{ options: columns }}
      title={keys.preferences}
      confirmLabel={words.confirm}
      cancelLabel={words.cancel}
      preferences={preferences}
      onConfirm={({ detail }) => onChange(detail)}
    />
  );
}
