// Step 6: everything once more, each part with its way back.
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { aliasName } from '../../kms/alias';
import { USAGE_LABELS } from '../../kms/specs-config';
import { Code } from '../../parts/code';
import { Refused } from '../../parts/refused';
import { ReviewPart } from '../../parts/review-part';
import { words } from '../../words';
import type { Place } from '../../world/protocol';
import type { Refusal } from '../../world/refusal';
import { isInStore, mayReplicate, mayRotate, originOf, policyOf, type Draft } from './draft';
import { STEPS } from './faults';

const { advanced, configure, labels, policy } = words.create;

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
      <ReviewPart title={configure.title} step={STEPS.configure} onEdit={onEdit}>
        <KeyValuePairs
          columns={3}
          items={[
            { label: configure.type, value: words.keyTypes[draft.type] },
            { label: configure.usage, value: USAGE_LABELS[draft.usage] },
            { label: configure.spec, value: draft.spec },
            { label: advanced.origin, value: advanced.origins[originOf(draft)].label },
            ...inStore(draft),
            { label: advanced.regionality, value: regionality(draft) },
            { label: advanced.rotation, value: rotation(draft) },
          ]}
        />
      </ReviewPart>
      <ReviewPart title={labels.title} step={STEPS.labels} onEdit={onEdit}>
        <KeyValuePairs
          columns={3}
          items={[
            { label: labels.alias, value: aliasName(draft.alias) },
            { label: labels.description, value: draft.description || words.none },
            { label: labels.tags, value: tags || words.none },
          ]}
        />
      </ReviewPart>
      <ReviewPart title={policy.title} step={STEPS.policy} onEdit={onEdit}>
        <Code label={words.policy.label} text={policyOf(draft, place)} />
      </ReviewPart>
      <Refused refusal={refused} />
    </SpaceBetween>
  );
}

function inStore(draft: Draft) {
  if (!isInStore(draft)) return [];
  const { columns, page } = words.stores;
  const external = originOf(draft) === 'EXTERNAL_KEY_STORE' ? [{ label: page.externalKey, value: draft.externalKey }] : [];
  return [{ label: columns.id, value: draft.store }, ...external];
}

function regionality(draft: Draft): string {
  const kind = advanced.regions[draft.multiRegion && !isInStore(draft) ? 'multi' : 'single'].label;
  return mayReplicate(draft) ? [kind, ...draft.replicas].join(', ') : kind;
}

function rotation(draft: Draft): string {
  const { days, off } = words.rotation.automatic;
  return mayRotate(draft) && draft.rotates ? days(Number(draft.period)) : off;
}
