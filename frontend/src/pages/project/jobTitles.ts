import { sentenceCase } from "@/ui";

/** "content.import_posts" → "Import posts". */
export function jobTitle(kind: string): string {
  return sentenceCase(kind.split(".").at(-1) ?? kind);
}
