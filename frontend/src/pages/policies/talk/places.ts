import { whyPlace } from "@/work/rule/wording";
import { type ClauseText, isExamples } from "../shapes";
import { blockTitles } from "../wording";

/** A passage that may be talked about, and, where it is text, what it says. */
export interface TalkPlace {
  readonly at: string;
  readonly name: string;
  /** Null where only comments make sense: the clause as a whole, a block of examples. */
  readonly text: string | null;
}

/** The places of a clause, in reading order; the first is the clause as a whole. */
export function placesOf(text: ClauseText): TalkPlace[] {
  return [
    { at: "", name: "The clause as a whole", text: null },
    { at: "title", name: "Title", text: text.title },
    { at: "question", name: "Question", text: text.question },
    ...text.blocks.map((block) => ({
      at: `blocks/${block.id}`,
      name: blockTitles[block.type],
      text: isExamples(block) ? null : block.text,
    })),
  ];
}

/** What people call a place, also one that is gone. */
export function placeName(text: ClauseText | null, at: string): string {
  const found = text === null ? undefined : placesOf(text).find((place) => place.at === at);
  if (found !== undefined) return found.name;
  const [field = "", name = "", why = ""] = at.split("/");
  if (field === "blocks" && why !== "") return whyName(text, name, at);
  if (field === "answers") return `Answer “${name}”`;
  if (field === "severities") return `Severity ${name}`;
  if (field === "blocks") return name.replaceAll("-", " ").replace(/^./, (first) => first.toUpperCase());
  return field === "" ? "The clause as a whole" : field.replace(/^./, (first) => first.toUpperCase());
}

/** "Why example 2 is ruled so": the number it has now. */
function whyName(text: ClauseText | null, blockId: string, at: string): string {
  const block = text?.blocks.find((one) => one.id === blockId);
  if (block === undefined || !isExamples(block)) return "Why an example is ruled so";
  const number = block.items.findIndex((item) => whyPlace(blockId, { ...item }) === at) + 1;
  const kind = block.type === "examples" ? "example" : "counter-example";
  return number === 0 ? "Why an example is ruled so" : `Why ${kind} ${number} is ruled so`;
}
