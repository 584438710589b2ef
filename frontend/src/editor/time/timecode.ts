/** A time as people read it: `1:02.345`, with hours only when there are any. */
export function timecode(microseconds: number, digits = 3): string {
  const sign = microseconds < 0 ? "−" : "";
  const unit = 10 ** digits;
  const total = Math.floor((Math.abs(microseconds) / 1e6) * unit + 1e-6);
  const fraction = total % unit;
  const whole = Math.floor(total / unit);
  const seconds = whole % 60;
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  const tail = `${String(seconds).padStart(2, "0")}${digits > 0 ? `.${String(fraction).padStart(digits, "0")}` : ""}`;
  return hours > 0
    ? `${sign}${hours}:${String(minutes).padStart(2, "0")}:${tail}`
    : `${sign}${minutes}:${tail}`;
}
