// The filter of the event history: what a person chooses, as the core reads it.
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import type { RecordFilter } from '../../kms/records';
import { words } from '../../words';

const { history } = words;

type Token = PropertyFilterProps.Token;

/** Members of a filter that a person may choose. Of some, several values are alternatives. */
const MEMBERS = [
  'operation',
  'readOnly',
  'caller',
  'key',
  'alias',
  'encryptionContext',
  'outcome',
  'error',
  'via',
  'grant',
  'requestId',
  'eventId',
  'sharedId',
  'pattern',
] as const;

type Member = (typeof MEMBERS)[number];

export const PROPERTIES: PropertyFilterProps.FilteringProperty[] = MEMBERS.map((member) => ({
  key: member,
  propertyLabel: history.members[member],
  groupValuesLabel: history.values(history.members[member]),
  operators: ['='],
}));

/** As the console begins: what only reads is left out. */
export const FIRST_QUERY: PropertyFilterProps.Query = { operation: 'and', tokens: [{ propertyKey: 'readOnly', operator: '=', value: 'false' }] };

/** Values that are known without looking. */
export const FIXED_OPTIONS: PropertyFilterProps.FilteringOption[] = [
  ...['true', 'false'].map((value) => ({ propertyKey: 'readOnly', value })),
  ...['ok', 'refused', 'denied'].map((value) => ({ propertyKey: 'outcome', value })),
];

export function filterOf(tokens: readonly Token[]): RecordFilter {
  const filter: RecordFilter = {};
  for (const { propertyKey, value } of tokens) add(filter, propertyKey as Member, String(value).trim());
  return filter;
}

function add(filter: RecordFilter, member: Member, value: string): void {
  switch (member) {
    case 'operation':
    case 'key':
      filter[member] = [...(filter[member] ?? []), value];
      break;
    case 'readOnly':
      filter.readOnly = value === 'true';
      break;
    case 'encryptionContext':
      filter.encryptionContext = { ...filter.encryptionContext, ...pairOf(value) };
      break;
    default:
      filter[member] = value;
  }
}

/** `tenant=blue`, or `tenant` alone for any value. */
function pairOf(text: string): Record<string, string | null> {
  const [name = '', ...rest] = text.split('=');
  return { [name]: rest.length === 0 ? null : rest.join('=') };
}

/** Lengths of time back from the world's clock, in milliseconds; `undefined` is everything that is kept. */
export const RANGES: readonly { value: string; length: number | undefined }[] = [
  { value: 'all', length: undefined },
  { value: 'hour', length: 3_600_000 },
  { value: 'day', length: 86_400_000 },
  { value: 'week', length: 7 * 86_400_000 },
  { value: 'quarter', length: 90 * 86_400_000 },
];
