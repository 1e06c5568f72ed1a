// The help panel: what this is, and what it is not.
import HelpPanel from '@cloudscape-design/components/help-panel';
import { words } from '../words';
import { useApi } from '../world/context';

export function Help() {
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
