// What is known of a ciphertext.
import Button from '@cloudscape-design/components/button';
import KeyValuePairs, { type KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Diagnosis } from 'pocket-kms';
import { KeyLink } from '../../parts/outcome/thing';
import { Section } from '../../parts/section';
import { recordAddress } from '../../routes';
import { words } from '../../words';

const { inspector: text } = words;

type Verdict = Diagnosis['Verdict'];

const LOOKS: Partial<Record<Verdict, StatusIndicatorProps.Type>> = { opens: 'success', 'external key': 'info', 'cannot be told': 'info' };

interface Props {
  diagnosis: Diagnosis;
  onUse(context: Record<string, string>): void;
}

export function Answer({ diagnosis, onUse }: Props) {
  const { Verdict: verdict, Sentences: sentences, EncryptionContext: context } = diagnosis;
  return (
    <div role="status">
      <Section title={text.answer}>
        <SpaceBetween size="m">
          <StatusIndicator type={LOOKS[verdict] ?? 'error'} wrapText>
            {text.verdicts[verdict]}
          </StatusIndicator>
          <SpaceBetween size="xxs">
            {sentences.map((sentence) => (
              <div key={sentence} className="wrap">
                {sentence}
              </div>
            ))}
          </SpaceBetween>
          {context && <Known diagnosis={diagnosis} context={context} onUse={onUse} />}
          <KeyValuePairs columns={2} minColumnWidth={260} items={facts(diagnosis)} />
        </SpaceBetween>
      </Section>
    </div>
  );
}

function Known({ diagnosis: { KnownFrom: from }, context, onUse }: Props & { context: Record<string, string> }) {
  return (
    <SpaceBetween size="xs">
      <span className="wrap">
        {text.known}: {Object.keys(context).length === 0 ? text.empty : <code>{JSON.stringify(context)}</code>}
      </span>
      {from?.EventId !== undefined && <Link href={recordAddress(from.EventId)}>{text.record}</Link>}
      <Button formAction="none" onClick={() => onUse(context)}>
        {text.use}
      </Button>
    </SpaceBetween>
  );
}

function facts(diagnosis: Diagnosis): KeyValuePairsProps.Item[] {
  const { MadeBy, KeyState, KeyMaterialId, Maker, Algorithm, Format, Length, PlaintextLength, ContextsTried } = diagnosis;
  const items: (KeyValuePairsProps.Item | undefined)[] = [
    MadeBy === undefined ? undefined : { label: text.madeBy, value: <KeyLink arn={MadeBy} /> },
    item(text.keyState, KeyState),
    item(text.material, KeyMaterialId),
    item(text.maker, Maker),
    item(text.algorithm, Algorithm),
    item(text.format, Format === undefined ? undefined : text.formatOf(Format)),
    item(text.lengths, Length === undefined ? undefined : text.lengthsOf(Length, PlaintextLength ?? 0)),
    item(text.tried, ContextsTried === undefined ? undefined : String(ContextsTried)),
  ];
  return items.filter((found) => found !== undefined);
}

function item(label: string, value: string | undefined): KeyValuePairsProps.Item | undefined {
  return value === undefined ? undefined : { label, value: <span className="wrap">{value}</span> };
}
