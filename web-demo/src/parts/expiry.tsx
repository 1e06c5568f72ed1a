// When imported key material expires, by the world's clock.
import { useCallback } from 'react';
import { words } from '../words';
import type { KeyMetadata } from '../world/operations';
import { dateTime, duration } from './instants';
import { Ticking } from './ticking';

export function Expiry({ ExpirationModel, ValidTo }: Pick<KeyMetadata, 'ExpirationModel' | 'ValidTo'>) {
  if (!ExpirationModel) return words.material.absent;
  if (!ValidTo) return words.material.never;
  return <Until time={ValidTo.getTime()} />;
}

function Until({ time }: { time: number }) {
  return <Ticking>{useCallback((now) => (time > now ? `${dateTime(time)} (${words.clock.in(duration(time - now))})` : dateTime(time)), [time])}</Ticking>;
}
