/** Below this, people are told how long they may still look. */
export const TOLD_BELOW_SECONDS = 30;
/** What is left is used up; the server counts in tenths. */
export const USED_UP_SECONDS = 0.5;

/** Until when what is in view may be seen before a limit of time covers it, by this machine's clock. */
export class TimeLeft {
  private until: number | null = null;
  private readonly listeners = new Set<() => void>();

  /** `performance.now()` of the moment it is used up; null while there is plenty, or nothing in view. */
  snapshot = (): number | null => this.until;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(seconds: number | null): void {
    const until = seconds === null || seconds > TOLD_BELOW_SECONDS ? null : performance.now() + seconds * 1000;
    if (until === null && this.until === null) return;
    this.until = until;
    this.listeners.forEach((listener) => listener());
  }
}
