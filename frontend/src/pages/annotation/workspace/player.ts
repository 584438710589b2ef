import type { EvidenceData } from "@/editor/records";
import type { FrameTable } from "@/editor/time/frameTable";

/** A stretch of a medium, in its own microseconds. */
export interface TimeSpan {
  readonly startUs: number;
  readonly endUs: number;
}

/** What the keyboard may ask of the video or sound that is being looked at. */
export interface Player {
  readonly kind: "video" | "audio";
  readonly partId: string;
  /** The frames of a video; null for sound. */
  readonly table: FrameTable | null;
  readonly durationUs: number;
  /** Where it stands, in the medium's own time. */
  readonly place: { readonly frame: number | null; readonly us: number };
  readonly toggle: () => void;
  readonly pause: () => void;
  /** Frames for video, tenths of a second for sound. */
  readonly step: (by: number) => void;
  readonly goTo: (us: number) => void;
  readonly shuttle: (key: "j" | "k" | "l") => void;
  readonly faster: () => void;
  readonly slower: () => void;
  readonly setRate: (rate: number) => void;
  /** The frame on screen as evidence; null for sound. */
  readonly markFrame: () => EvidenceData | null;
  /** Set where a range starts; the second of both makes it. */
  readonly rangeStart: () => void;
  readonly rangeEnd: () => EvidenceData | null;
  /** Play a stretch over and over; null takes the loop away. */
  readonly loop: (span: TimeSpan | null) => void;
  readonly isLooping: boolean;
  /** Play a stretch once and stop at its end. */
  readonly playOnce: (span: TimeSpan) => void;
  readonly toggleSound: () => void;
  /** Show the time line closer (positive) or farther; 0 shows all of it. */
  readonly zoom: (steps: number) => void;
}
