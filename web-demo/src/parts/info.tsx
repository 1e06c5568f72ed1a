// "Info" beside a heading or a field: opens the help panel on the topic of that part.
import Link from '@cloudscape-design/components/link';
import type { TopicName } from '../help/topics';
import { help } from '../shell/helping';
import { isEmbedded } from '../shell/visiting/frame';
import { words } from '../words';

interface Props {
  /** Without one, it is the topic of the page. */
  topic?: TopicName;
  /** What screen readers say; without it, "Info" and the heading or label beside it. */
  label?: string;
}

export function Info({ topic, label }: Props) {
  // In a page of somebody else there is no help panel.
  if (isEmbedded) return null;
  return (
    <Link variant="info" {...(label ? { ariaLabel: label } : {})} onFollow={() => help(topic)}>
      {words.help.info}
    </Link>
  );
}
