// What templates come to, before it is done: what is made, what was left out, and what was taken as given.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { placeOf, type Loaded, type Remark } from '../../kms/templates';
import { Section } from '../../parts/section';
import { words } from '../../words';

const { templates: text } = words.lab;

interface Props {
  loaded: Loaded;
  busy: boolean;
  onMake(): void;
}

export function LoadedPart({ loaded: { names, leftOut, assumed }, busy, onMake }: Props) {
  const button = (
    <Button variant="primary" loading={busy} onClick={onMake}>
      {text.perform}
    </Button>
  );
  return (
    <Section title={text.plan} description={text.planText} actions={button}>
      <SpaceBetween size="m">
        <ul aria-label={text.made}>
          {Object.entries(names).map(([name, { kind }]) => (
            <li key={name} className="wrap">
              {name} ({kind})
            </li>
          ))}
        </ul>
        <Remarks title={text.leftOut} none={text.nothingLeftOut} remarks={leftOut} />
        <Remarks title={text.assumed} none={text.nothingAssumed} remarks={assumed} />
      </SpaceBetween>
    </Section>
  );
}

function Remarks({ title, none, remarks }: { title: string; none: string; remarks: readonly Remark[] }) {
  if (remarks.length === 0) return <StatusIndicator>{none}</StatusIndicator>;
  return (
    <div>
      <StatusIndicator type="warning">{title}</StatusIndicator>
      <ul aria-label={title}>
        {remarks.map((remark, at) => (
          <li key={at} className="wrap">
            <strong>{placeOf(remark)}</strong>: {remark.why}
          </li>
        ))}
      </ul>
    </div>
  );
}
