const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** 12345 → "12,345". */
export function count(value: number): string {
  return whole.format(value);
}

/** 12345 → "12.3K". */
export function compact(value: number): string {
  return short.format(value);
}

/** 0.4213 → "42.1 %". */
export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}

/** -0.0213 → "−0.02", with a minus that is as wide as a digit. */
export function decimal(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** "1 post", "2 posts". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** 1536 → "1.5 kB" (powers of 1000, like file managers say it). */
export function bytes(value: number): string {
  const signs = ["B", "kB", "MB", "GB", "TB"];
  let left = value;
  let at = 0;
  while (left >= 1000 && at < signs.length - 1) {
    left /= 1000;
    at += 1;
  }
  return `${at === 0 || left >= 100 ? Math.round(left) : left.toFixed(1)} ${signs[at] ?? "B"}`;
}
