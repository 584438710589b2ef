import type { EvidenceData } from "@/editor/records";

/** What the keyboard may ask of the video or sound that is being looked at. */
export interface Player {
  readonly kind: "video" | "audio";
  readonly toggle: () => void;
  readonly pause: () => void;
  /** Frames for video, tenths of a second for sound. */
  readonly step: (by: number) => void;
  readonly shuttle: (key: "j" | "k" | "l") => void;
  readonly faster: () => void;
  readonly slower: () => void;
  /** The frame on screen as evidence; null for sound. */
  readonly markFrame: () => EvidenceData | null;
  /** Set where a range starts; the second of both makes it. */
  readonly rangeStart: () => void;
  readonly rangeEnd: () => EvidenceData | null;
}
