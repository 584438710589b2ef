import { uuid7 } from "./uuid7";

/** What is to be written into a clause of a draft: a note on how to read it, or an example. Its words name nobody. */
export interface Material {
  readonly clauseKey: string;
  readonly block: "interpretation" | "examples" | "counter_examples";
  /** The note; empty for an example. */
  readonly text: string;
  readonly item: {
    readonly text: string;
    /** One of the clause's answers. */
    readonly ruling: string;
    readonly why: string;
    readonly severity: number | null;
    readonly media: readonly { readonly asset_id: string; readonly note: string }[];
    readonly postId: string;
  } | null;
}

const place = (token: string): string => `concord.write.${token}`;

/** Leave material for the editor; it is taken under the token, by `?write=`, once. */
export function leaveForWriting(material: Material, kept: Storage = sessionStorage): string {
  const token = uuid7();
  kept.setItem(place(token), JSON.stringify(material));
  return token;
}

/** Take what was left, so that a second look at the address writes nothing again; null when there is nothing. */
export function takeForWriting(token: string, kept: Storage = sessionStorage): Material | null {
  const text = kept.getItem(place(token));
  kept.removeItem(place(token));
  if (text === null) return null;
  try {
    const material: unknown = JSON.parse(text);
    return isMaterial(material) ? material : null;
  } catch {
    return null;
  }
}

function isMaterial(value: unknown): value is Material {
  return typeof value === "object" && value !== null && "clauseKey" in value && "block" in value && "text" in value && "item" in value;
}

const names = [
  { pattern: /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu, word: "[address]" },
  { pattern: /\b(?:https?:\/\/|www\.)\S+/giu, word: "[link]" },
  { pattern: /(?<![\p{L}\p{N}@])@[\p{L}\p{N}_.]{2,}/gu, word: "[somebody]" },
  { pattern: /(?<![\p{L}\p{N}])\+?\d(?:[\s().-]{0,3}\d){6,}(?![\p{L}\p{N}])/gu, word: "[number]" },
] as const;

/** The words of a post without the handles, addresses, links and telephone numbers in them. */
export function anonymised(text: string): string {
  return names.reduce((left, { pattern, word }) => left.replace(pattern, word), text);
}
