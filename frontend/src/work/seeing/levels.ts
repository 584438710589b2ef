import type { Cover } from "./shapes";

const WEAKEST = 0.004;
const STRONGEST = 0.08;

/**
 * The radius of the blur of a level, as a share of the longer side of what is shown. Levels feel alike: each
 * step takes away about the same share of what can be made out.
 */
export function blurShare(level: number): number {
  if (level <= 0) return 0;
  return WEAKEST * (STRONGEST / WEAKEST) ** (Math.min(level, 100) / 100);
}

/** The server's cover picture: so many pixels on its longer side, smoothed over so many (core.content.rendering.images). */
const COVER_SIDE = 24;
const COVER_SMOOTHED = 2;

/** The filter over the server's cover picture: a blur only where the picture alone hides less than the level asks for. */
export function coverFilter({ blur, grey }: Pick<Cover, "blur" | "grey">, longerSide: number): string {
  const hidesEnough = COVER_SMOOTHED / COVER_SIDE >= blurShare(blur);
  return softFilter({ blur: hidesEnough ? 0 : blur, grey }, longerSide);
}

/** The filter over the picture itself; "none" where the level asks for nothing. */
export function softFilter({ blur, grey }: Pick<Cover, "blur" | "grey">, longerSide: number): string {
  const radius = Math.round(blurShare(blur) * longerSide);
  const parts = [...(grey ? ["grayscale(1)"] : []), ...(radius > 0 ? [`blur(${radius}px)`] : [])];
  return parts.length === 0 ? "none" : parts.join(" ");
}

/** What comes in view by itself, and how: as it is, softened, or not at all. */
export function arrivalOf({ covered, blur, grey }: Cover): "covered" | "soft" | "full" {
  if (covered) return "covered";
  return blur > 0 || grey ? "soft" : "full";
}
