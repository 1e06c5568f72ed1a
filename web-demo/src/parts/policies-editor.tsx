// Several policies without names, one text each.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { PolicyKind } from '../kms/finding';
import { words } from '../words';
import { PolicyEditor } from './policy-editor';

interface Props {
  /** What the policies are attached to. */
  kind: PolicyKind;
  policies: readonly string[];
  /** The name of a policy, counted from 1. */
  label(number: number): string;
  remove(number: number): string;
  add: string;
  empty: string;
  onChange(policies: string[]): void;
}

/** What an added policy begins with. */
export const FIRST_POLICY = JSON.stringify(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] },
  null,
  2,
);

export function PoliciesEditor({ kind, policies, label, remove, add, empty, onChange }: Props) {
  const set = (at: number, text: string) => onChange(policies.map((policy, index) => (index === at ? text : policy)));
  return (
    <SpaceBetween size="s">
      {policies.length === 0 && empty}
      {policies.map((policy, at) => (
        <SpaceBetween key={at} size="xxs">
          <PolicyEditor label={label(at + 1)} kind={kind} value={policy} onChange={(text) => set(at, text)} />
          <Button formAction="none" ariaLabel={remove(at + 1)} onClick={() => onChange(policies.filter((_, index) => index !== at))}>
            {words.remove}
          </Button>
        </SpaceBetween>
      ))}
      <Button formAction="none" onClick={() => onChange([...policies, FIRST_POLICY])}>
        {add}
      </Button>
    </SpaceBetween>
  );
}
