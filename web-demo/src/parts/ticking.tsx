// A text that goes with the world's time: once a second it is written where it stands, and only where it reads otherwise.
import { useLayoutEffect, useRef } from 'react';
import { useClock } from '../world/context';
import { worldTime } from '../world/watched';
import { everySecond } from './now';

interface Props {
  /** The text at an instant; give a stable function. */
  children: (now: number) => string;
  /** For a text that is another one every second: room for the longest, such as `26ch`. Then nothing else is laid out again. */
  room?: string;
}

export function Ticking({ children: textAt, room }: Props) {
  const clock = useClock();
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (!clock || !place.current) return undefined;
    // React leaves alone what it has not written: a tick renders nothing.
    const text = textIn(place.current);
    const write = () => {
      const next = textAt(worldTime(clock, Date.now()));
      if (text.data !== next) text.data = next;
    };
    write();
    return clock.running ? everySecond(write) : undefined;
  }, [clock, textAt]);
  return <span ref={place} className={room ? 'ticking ticking-fixed' : 'ticking'} style={room ? { inlineSize: room } : {}} />;
}

function textIn(place: HTMLElement): Text {
  if (!(place.firstChild instanceof Text)) place.append('');
  return place.firstChild as Text;
}
