/** Numbers and times as people read them. What is not known is said to be not known, never guessed. */

export const NOT_KNOWN = 'not known';

const plain = new Intl.NumberFormat('en', {maximumFractionDigits: 2});
const short = new Intl.NumberFormat('en', {maximumSignificantDigits: 3});

export const percent = (weight: number | null | undefined): string => (weight == null ? NOT_KNOWN : `${plain.format(weight)} %`);

export const count = (many: number): string => plain.format(many);

export const value = (number: number | null | undefined): string => (number == null ? '–' : Math.abs(number) >= 100 ? plain.format(Math.round(number)) : short.format(number));

export const many = (count: number, one: string, more = one + 's'): string => `${plain.format(count)} ${count === 1 ? one : more}`;

const UNITS: [number, string][] = [[86_400, 'd'], [3_600, 'h'], [60, 'min'], [1, 's']];

/** The two largest units: `2 h 5 min`, `48 s`. */
export function duration(millis: number): string {
  const seconds = Math.max(0, Math.round(millis / 1000));
  const first = UNITS.findIndex(([size]) => seconds >= size);
  if (first < 0) {
    return '0 s';
  }
  const [size, unit] = UNITS[first];
  const [nextSize, nextUnit] = UNITS[first + 1] ?? [1, ''];
  const next = nextUnit ? Math.floor((seconds % size) / nextSize) : 0;
  return `${Math.floor(seconds / size)} ${unit}` + (next ? ` ${next} ${nextUnit}` : '');
}

/** Below a minute, as exactly as it is of use: `190 ms`, `11.4 s`. */
export const fineDuration = (millis: number): string =>
  millis < 1000 ? `${Math.round(millis)} ms` : millis < 60_000 ? `${short.format(millis / 1000)} s` : duration(millis);

/** An ISO 8601 duration of a message in milliseconds; null where it isn't one. */
export function isoMillis(text: string | null | undefined): number | null {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text ?? '');
  if (!parts) {
    return null;
  }
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((it) => Number(it ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const day = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short'});
const dayOfYear = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', year: 'numeric'});

const share = (fraction: number): string => `${value(fraction * 100)} %`;

/** What would have been found by now; null where that can't be told. */
export function foundByNow({stable, detectable}: {stable?: number | null; detectable?: {value: number; probability: number} | null}): string | null {
  if (!detectable) {
    return null;
  }
  const to = share(detectable.value);
  const change = stable == null || stable === detectable.value ? to : `a ${stable < detectable.value ? 'rise' : 'fall'} from ${share(stable)} to ${to}`;
  return `by now ${change} would have been found, ${Math.round(detectable.probability * 10)} times of 10`;
}

/** By this machine's zone; the date is left out where it is today's. */
export function localTime(at: number, today = Date.now()): string {
  const that = new Date(at);
  const now = new Date(today);
  if (that.toDateString() === now.toDateString()) {
    return clock.format(that);
  }
  return `${(that.getFullYear() === now.getFullYear() ? day : dayOfYear).format(that)}, ${clock.format(that)}`;
}

const hour = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit'});

/** As exactly as the steps of an axis, in seconds, ask for. */
export const axisTime = (at: number, step: number): string => (step < 60 ? clock : step < 86_400 ? hour : day).format(at);

export const utc = (at: number): string => `${new Date(at).toISOString().replace('T', ' ').replace(/\.\d+Z|Z$/, '')} UTC`;

/** The application's own name, and what stands before it. */
export function nameParts(application: string): [string, string] {
  const slash = application.lastIndexOf('/');
  return [application.slice(0, slash + 1), application.slice(slash + 1)];
}

export const camelWords = (code: string): string => {
  const words = code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
