/** The stretch of a running time that a time line shows, in microseconds from its start. */
export interface TimeView {
  readonly startUs: number;
  readonly endUs: number;
}

/** Closer than this nothing is to be seen. */
const SHORTEST_US = 40_000;
const STEPS_US = [
  1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7, 1.5e7, 3e7, 6e7, 1.2e8, 3e8, 6e8, 1.8e9, 3.6e9,
] as const;

export function wholeView(durationUs: number): TimeView {
  return { startUs: 0, endUs: Math.max(durationUs, 1) };
}

export function isWhole({ startUs, endUs }: TimeView, durationUs: number): boolean {
  return startUs <= 0 && endUs >= durationUs;
}

/** `factor` above one comes closer; what lies at `aroundUs` stays where it is on the screen, where the ends allow. */
export function zoomed(view: TimeView, durationUs: number, factor: number, aroundUs: number): TimeView {
  const span = limited((view.endUs - view.startUs) / factor, Math.min(SHORTEST_US, durationUs), durationUs);
  return placed(aroundUs - shareAt(view, aroundUs) * span, span, durationUs);
}

export function scrolled(view: TimeView, durationUs: number, byUs: number): TimeView {
  return placed(view.startUs + byUs, view.endUs - view.startUs, durationUs);
}

/** The view that shows a time: this one when it does, else the next page towards it. */
export function showing(view: TimeView, durationUs: number, us: number): TimeView {
  if (us >= view.startUs && us <= view.endUs) return view;
  const span = view.endUs - view.startUs;
  return placed(us - span * (us < view.startUs ? 0.9 : 0.1), span, durationUs);
}

/** Where a time lies in the view: 0 at its left end, 1 at its right, beyond where it is out of it. */
export function shareAt({ startUs, endUs }: TimeView, us: number): number {
  return (us - startUs) / Math.max(endUs - startUs, 1);
}

export function usAt({ startUs, endUs }: TimeView, share: number): number {
  return startUs + limited(share, 0, 1) * (endUs - startUs);
}

/** Round times to write along the view, at most `most` of them. */
export function ticks(view: TimeView, most: number): readonly number[] {
  const span = view.endUs - view.startUs;
  const step = STEPS_US.find((candidate) => span / candidate <= most) ?? span;
  const first = Math.ceil(view.startUs / step);
  const found: number[] = [];
  for (let index = first; index * step <= view.endUs && found.length < most + 1; index += 1) found.push(index * step);
  return found;
}

function placed(startUs: number, span: number, durationUs: number): TimeView {
  const start = limited(startUs, 0, Math.max(durationUs - span, 0));
  return { startUs: start, endUs: start + span };
}

function limited(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
