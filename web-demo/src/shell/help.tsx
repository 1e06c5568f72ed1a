// The help panel: what this is, and what it is not.
import HelpPanel from '@cloudscape-design/components/help-panel';
import { words } from '../words';

export function Help() {
  return (
    <HelpPanel header={<h2>{words.help.title}</h2>}>
      {words.help.sections.map(({ title, text }) => (
        <section key={title}>
          <h3>{title}</h3>
          <p>{text}</p>
        </section>
      ))}
    </HelpPanel>
  );
}
