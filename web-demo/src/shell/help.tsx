// The help panel: one topic, with the pages of AWS that tell more, or what this playground is.
import HelpPanel from '@cloudscape-design/components/help-panel';
import Link from '@cloudscape-design/components/link';
import type { Topic } from '../help/topic';
import { ABOUT, TOPICS, topicOf } from '../help/topics';
import type { Route } from '../routes';
import { words } from '../words';
import { useApi } from '../world/context';
import { help, useAsked } from './helping';

export default function Help({ route }: { route: Route }) {
  const topic = useAsked(route.page) ?? topicOf(route);
  return topic === ABOUT ? <About /> : <Told topic={TOPICS[topic]} />;
}

function Told({ topic: { title, text, more } }: { topic: Topic }) {
  const footer = (
    <>
      <h3>{words.help.more}</h3>
      <ul>
        {more.map(({ text, href }) => (
          <li key={href}>
            <Link href={href} external externalIconAriaLabel={words.help.external}>
              {text}
            </Link>
          </li>
        ))}
        <li>
          <Link onFollow={() => help(ABOUT)}>{words.help.title}</Link>
        </li>
      </ul>
    </>
  );
  return (
    <HelpPanel header={<h2>{title}</h2>} footer={footer}>
      {text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </HelpPanel>
  );
}

function About() {
  const api = useApi();
  const sections = [...(api ? words.help.inServer(api) : words.help.inBrowser), ...words.help.sections];
  return (
    <HelpPanel header={<h2>{words.help.title}</h2>}>
      {sections.map(({ title, text }) => (
        <section key={title}>
          <h3>{title}</h3>
          <p>{text}</p>
        </section>
      ))}
    </HelpPanel>
  );
}
