// When imported key material expires, by the world's clock.
import { words } from '../words';
import type { KeyMetadata } from '../world/operations';
import { dateTime, duration } from './instants';
import { useNow } from './now';

export function Expiry({ ExpirationModel, ValidTo }: Pick<KeyMetadata, 'ExpirationModel' | 'ValidTo'>) {
  const now = useNow();
  if (!ExpirationModel) return words.material.absent;
  if (!ValidTo) return words.material.never;
  const ahead = now === null ? 0 : ValidTo.getTime() - now;
  return ahead > 0 ? `${dateTime(ValidTo)} (${words.clock.in(duration(ahead))})` : dateTime(ValidTo);
}
