// What a page of documentation writes to show a playground.
import { Output } from '../../parts/bytes';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { frameOf } from './addresses';

const { embed: text } = words.share;

export function Embed() {
  return (
    <Section title={text.title} description={text.text}>
      <Output label={text.name} name={text.name} text={frameOf(undefined, text.frame)} />
    </Section>
  );
}
