import type { components } from "@/api/schema";

export type PostSummary = components["schemas"]["PostSummaryOutput"];
export type Post = components["schemas"]["PostOutput"];
export type Part = components["schemas"]["PartOutput"];
export type Asset = components["schemas"]["AssetOutput"];
export type PostImport = components["schemas"]["PostImportOutput"];
export type Problem = components["schemas"]["ProblemOutput"];
export type PartKind = Part["kind"];

/** What each kind of part is called, in the order in which a filter offers them. */
export const partNames: Readonly<Record<PartKind, string>> = {
  image: "Image",
  video: "Video",
  audio: "Audio",
  title: "Title",
  caption: "Caption",
  comment: "Comment",
  text: "Text",
  transcript: "Transcript",
  ocr: "Text in the picture",
};

export const partKinds = Object.keys(partNames) as PartKind[];

/** What people call a part: its own label, else its kind, numbered where there are several. */
export function partName(part: Part, parts: readonly Part[]): string {
  if (part.label !== "") return part.label;
  const alike = parts.filter((other) => other.kind === part.kind && other.label === "");
  const name = partNames[part.kind];
  return alike.length < 2 ? name : `${name} ${alike.indexOf(part) + 1}`;
}

/** "image, 2 × comment": what a post is made of. */
export function makeUp(kinds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, times]) => (times === 1 ? kind : `${times}\u00a0×\u00a0${kind}`)).join(", ");
}

/** Parts as they are drawn: each piece of media by itself, texts that follow one another together. */
export function grouped(parts: readonly Part[]): readonly (readonly Part[])[] {
  const groups: Part[][] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (part.asset === null && last?.[0]?.asset === null) last.push(part);
    else groups.push([part]);
  }
  return groups;
}

const languages = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

/** "pt-BR" → "Brazilian Portuguese"; an empty tag is said to be unknown. */
export function languageName(tag: string): string {
  if (tag === "") return "Unknown";
  try {
    return languages.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** 83_500_000 → "1:23.5". */
export function clock(microseconds: number): string {
  const tenths = Math.round(microseconds / 100_000);
  const seconds = (tenths % 600) / 10;
  const minutes = Math.floor(tenths / 600);
  const text = seconds.toFixed(1).padStart(4, "0");
  return minutes < 60 ? `${minutes}:${text}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${text}`;
}
