// What a person should know who visits one world and is about to open another one.
import Alert from '@cloudscape-design/components/alert';
import { words } from '../../words';
import { useVisiting } from './visiting';

export function Lost() {
  const visiting = useVisiting();
  return visiting && <Alert type="warning">{words.visiting.lost(visiting.title)}</Alert>;
}
