// What a request must have so that a grant applies to it.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ConstraintKind } from '../../../kms/grants';
import { ContextEditor } from '../../../parts/context-editor';
import { Group } from '../../../parts/group';
import type { Pair } from '../../../parts/pairs';
import { words } from '../../../words';

const { creating } = words.grants;

const KINDS: readonly ConstraintKind[] = ['none', 'EncryptionContextSubset', 'EncryptionContextEquals'];

interface Props {
  /** Whether the key takes encryption contexts. */
  withContext: boolean;
  kind: ConstraintKind;
  pairs: readonly Pair[];
  sourceArn: string;
  onKind(kind: ConstraintKind): void;
  onPairs(pairs: Pair[]): void;
  onSourceArn(arn: string): void;
}

export function Constraints({ withContext, kind, pairs, sourceArn, onKind, onPairs, onSourceArn }: Props) {
  return (
    <SpaceBetween size="m">
      {withContext && (
        <FormField label={creating.constraint} stretch>
          <RadioGroup
            value={kind}
            items={KINDS.map((value) => ({ value, ...creating.constraints[value] }))}
            onChange={({ detail }) => onKind(KINDS.find((value) => value === detail.value) ?? 'none')}
          />
        </FormField>
      )}
      {kind !== 'none' && (
        <Group title={words.context.title}>
          <ContextEditor pairs={pairs} onChange={onPairs} />
        </Group>
      )}
      <FormField label={words.optional(creating.sourceArn)} description={creating.sourceArnText} stretch>
        <Input value={sourceArn} spellcheck={false} onChange={({ detail }) => onSourceArn(detail.value)} />
      </FormField>
    </SpaceBetween>
  );
}
