/** After so long without a hand on mouse or keyboard a person is taken to be away. */
const AWAY_AFTER_MS = 60_000;
const TICK_MS = 1_000;

const signs = ["pointermove", "pointerdown", "keydown", "wheel", "touchstart"] as const;

/** Counts the time somebody works on the page that is in front of them. */
export class ActiveTime {
  private lastSign = performance.now();
  private lastTick = performance.now();
  private readonly timer: number;

  constructor(private total: number) {
    signs.forEach((sign) => window.addEventListener(sign, this.onSign, { passive: true, capture: true }));
    this.timer = window.setInterval(this.tick, TICK_MS);
  }

  get ms(): number {
    this.tick();
    return Math.round(this.total);
  }

  stop(): void {
    this.tick();
    window.clearInterval(this.timer);
    signs.forEach((sign) => window.removeEventListener(sign, this.onSign, { capture: true }));
  }

  private readonly onSign = (): void => {
    this.tick();
    this.lastSign = performance.now();
  };

  private readonly tick = (): void => {
    const now = performance.now();
    const isHere = document.visibilityState === "visible" && now - this.lastSign < AWAY_AFTER_MS;
    // A machine that slept ticks once, late: that was not work.
    if (isHere) this.total += Math.min(now - this.lastTick, 5 * TICK_MS);
    this.lastTick = now;
  };
}
