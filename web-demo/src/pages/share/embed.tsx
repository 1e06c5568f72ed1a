// What a page of documentation writes to show this world, or an empty one.
import { Output } from '../../parts/bytes';
import { Queried } from '../../parts/queried';
import { Section } from '../../parts/section';
import type { Shared } from '../../world/protocol';
import type { Query } from '../../world/context';
import { words } from '../../words';
import { frameOf } from './addresses';

const { embed: text } = words.share;

export function Embed({ shared }: { shared: Query<Shared | null> }) {
  return (
    <Section title={text.title} description={text.text}>
      {/* Where the world has no link, an empty one is shown. */}
      <Queried query={{ ...shared, value: shared.refusal ? null : shared.value, refusal: undefined }}>
        {(shared) => <Output label={text.name} name={text.name} text={frameOf(shared?.link, text.frame)} />}
      </Queried>
    </Section>
  );
}
