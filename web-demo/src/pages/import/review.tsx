// Step 4: everything once more, each part with its way back.
import KeyValuePairs, { type KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Refused } from '../../parts/refused';
import { ReviewPart } from '../../parts/review-part';
import { words } from '../../words';
import type { Refusal } from '../../world/refusal';
import { bytesOf, type StepProps } from './draft';

const { wrapping, material, options, review } = words.importing;

interface Props extends Omit<StepProps, 'onChange' | 'metadata'> {
  materialId: string | undefined;
  refused: Refusal | undefined;
  onEdit(step: number): void;
}

export function Review({ draft, materialId, refused, onEdit }: Props) {
  const { type, description } = draft;
  const expiry = { label: options.expiry, value: draft.expires ? review.expires(draft.days) : options.never.label };
  const own: KeyValuePairsProps.Item[] =
    type === undefined
      ? []
      : [
          { label: options.type, value: options.types[type].label },
          { label: options.description, value: description || words.none },
        ];
  const id = type === 'EXISTING_KEY_MATERIAL' && materialId !== undefined ? [{ label: options.id, value: <span className="wrap">{materialId}</span> }] : [];
  return (
    <SpaceBetween size="l">
      <ReviewPart title={wrapping.title} step={0} onEdit={onEdit}>
        <KeyValuePairs
          columns={2}
          items={[
            { label: wrapping.spec, value: draft.spec ?? words.none },
            { label: wrapping.algorithm, value: draft.algorithm ?? words.none },
          ]}
        />
      </ReviewPart>
      <ReviewPart title={material.title} step={1} onEdit={onEdit}>
        <KeyValuePairs
          columns={2}
          items={[
            { label: material.source, value: material.sources[draft.source].label },
            { label: review.length, value: words.bytes.count(bytesOf(draft)?.length ?? 0) },
          ]}
        />
      </ReviewPart>
      <ReviewPart title={options.title} step={2} onEdit={onEdit}>
        <KeyValuePairs columns={2} items={[...own, ...id, expiry]} />
      </ReviewPart>
      <Refused refusal={refused} />
    </SpaceBetween>
  );
}
