// Instants and lengths of time as people read them.
import humanizeDuration from 'humanize-duration';

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

/** The two largest units of a length of time: `6 days 23 hours`. */
export function duration(millis: number): string {
  return humanizeDuration(millis, { units: ['y', 'd', 'h', 'm', 's'], unitMeasures: UNITS, largest: 2, delimiter: ' ', maxDecimalPoints: 0 });
}

/** A year of KMS has 365 days. */
const UNITS = { y: 365 * 86_400_000, mo: 30 * 86_400_000, w: 7 * 86_400_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
