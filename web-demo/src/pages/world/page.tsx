// A link that carries a world: what it holds, before anything of it is done.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useEffect, useRef } from 'react';
import type { Deed, Look } from '../../kms/recipe-look';
import { Code } from '../../parts/code';
import { dateTime } from '../../parts/instants';
import { Info } from '../../parts/info';
import { Loading } from '../../parts/loading';
import { Refused } from '../../parts/refused';
import { Section } from '../../parts/section';
import { KEYS, OPEN } from '../../routes';
import { isEmbedded, isFleeting } from '../../shell/visiting/frame';
import { useBeginHere } from '../../shell/visiting/begin';
import { Lost } from '../../shell/visiting/lost';
import { words } from '../../words';
import { useClient, useQuery } from '../../world/context';
import { Broken } from './broken';

const { linked: text } = words;

export default function WorldPage({ link }: { link: string }) {
  const client = useClient();
  const { value, refusal } = useQuery(useCallback(() => client.lookAt(link), [client, link]));
  if (refusal) return <Broken reason={refusal.message} />;
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={text.text}>
        {text.title}
      </Header>
      {value ? <Held look={value} link={link} /> : <Loading />}
    </SpaceBetween>
  );
}

function Held({ look, link }: { look: Look; link: string }) {
  const { begin, busy, refused } = useBeginHere();
  const open = useCallback(() => begin({ kind: 'link', link }, text.done, look.last), [begin, link, look]);
  useAtOnce(open);
  const { seed, now, steps, deeds, others } = look;
  return (
    <Section title={text.holds}>
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={3}
          items={[
            { label: text.name, value: <span className="wrap">{seed}</span> },
            { label: text.steps, value: String(steps) },
            { label: text.time, value: dateTime(now) },
          ]}
        />
        <Deeds deeds={deeds} others={others} />
        <ExpandableSection headerText={text.recipe}>
          <Code label={text.recipe} text={look.text} />
        </ExpandableSection>
        <Lost />
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" loading={busy} onClick={() => void open()}>
            {text.action}
          </Button>
          <Button variant="link" href={KEYS}>
            {text.notNow}
          </Button>
          {refused && <Button href={OPEN}>{text.broken.anew}</Button>}
        </SpaceBetween>
        {refused && text.broken.text}
        <Refused refusal={refused} />
      </SpaceBetween>
    </Section>
  );
}

function Deeds({ deeds, others }: { deeds: readonly Deed[]; others: number }) {
  return (
    <div>
      <Box variant="awsui-key-label">{text.operations}</Box>
      <ul aria-label={text.operations}>
        {deeds.map(({ name, times }) => (
          <li key={name} className="wrap">
            {text.times(text.deeds[name] ?? name, times)}
          </li>
        ))}
        {others > 0 && <li>{text.others(others)}</li>}
      </ul>
    </div>
  );
}

/** In a page of documentation there is nothing to lose, and nobody to ask. */
function useAtOnce(open: () => Promise<unknown>): void {
  const begun = useRef(false);
  useEffect(() => {
    if (!isEmbedded || !isFleeting || begun.current) return;
    begun.current = true;
    void open();
  }, [open]);
}
