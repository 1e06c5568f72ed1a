// Instants and lengths of time as people read them.

const DATE_TIME = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC', hourCycle: 'h23' });
const MINUTES = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC', hourCycle: 'h23' });

type Instant = Date | number;

/** `Nov 22, 2026, 03:15:00 UTC` */
export function dateTime(instant: Instant): string {
  return `${DATE_TIME.format(instant)} UTC`;
}

/** `Nov 22, 2026, 03:15 UTC` */
export function toMinutes(instant: Instant): string {
  return `${MINUTES.format(instant)} UTC`;
}

const UNITS: readonly [name: string, millis: number][] = [
  ['year', 365 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** The two largest units of a length of time: `6 days 23 hours`. */
export function duration(millis: number): string {
  const parts: string[] = [];
  let rest = Math.abs(millis);
  for (const [name, length] of UNITS) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return parts.slice(0, 2).join(' ') || '0 seconds';
}
