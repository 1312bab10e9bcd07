/** Numbers as a reader sees them, the same in charts, tables and lines. */

/** @example count(1234567) // "1,234,567" */
export function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** @example share(0.4567) // "45.7%" */
export function share(value: number): string {
  return `${(value * 100).toFixed(1)}%`;
}

/** @example nats(1.45678) // "1.457" */
export function nats(value: number): string {
  return value.toFixed(3);
}

/**
 * A length of time, to the second below an hour and to the minute above it.
 *
 * @example duration(9) // "9 s"
 * @example duration(151) // "2 min 31 s"
 * @example duration(7500) // "2 h 5 min"
 */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
