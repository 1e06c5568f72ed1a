// Step 5: everything once more, each part with its way back.
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { aliasName } from '../../kms/alias';
import { USAGE_LABELS } from '../../kms/specs-config';
import { Code } from '../../parts/code';
import { Refused } from '../../parts/refused';
import { Section } from '../../parts/section';
import { words } from '../../words';
import type { Place } from '../../world/protocol';
import type { Refusal } from '../../world/refusal';
import { policyOf, type Draft } from './draft';

const { configure, labels, policy, review } = words.create;

interface Props {
  draft: Draft;
  place: Place;
  refused: Refusal | undefined;
  onEdit(step: number): void;
}

export function Review({ draft, place, refused, onEdit }: Props) {
  const tags = draft.tags.map(({ TagKey, TagValue }) => `${TagKey}: ${TagValue}`).join(', ');
  return (
    <SpaceBetween size="l">
      <Part title={configure.title} step={0} onEdit={onEdit}>
        <KeyValuePairs
          columns={3}
          items={[
            { label: configure.type, value: words.keyTypes[draft.type] },
            { label: configure.usage, value: USAGE_LABELS[draft.usage] },
            { label: configure.spec, value: draft.spec },
          ]}
        />
      </Part>
      <Part title={labels.title} step={1} onEdit={onEdit}>
        <KeyValuePairs
          columns={3}
          items={[
            { label: labels.alias, value: aliasName(draft.alias) },
            { label: labels.description, value: draft.description || words.none },
            { label: labels.tags, value: tags || words.none },
          ]}
        />
      </Part>
      <Part title={policy.title} step={3} onEdit={onEdit}>
        <Code label={words.policy.label} text={policyOf(draft, place)} />
      </Part>
      <Refused refusal={refused} />
    </SpaceBetween>
  );
}

function Part({ title, step, onEdit, children }: { title: string; step: number; onEdit: Props['onEdit']; children: ReactNode }) {
  const edit = (
    <Button ariaLabel={review.editPart(title)} onClick={() => onEdit(step)}>
      {words.edit}
    </Button>
  );
  return <Section title={title} actions={edit}>{children}</Section>;
}
