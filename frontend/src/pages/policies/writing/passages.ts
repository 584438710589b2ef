import { languageName } from "@/work/rule/wording";
import { type ClauseText, isExamples } from "../shapes";
import { placeName } from "../talk/places";
import { blockTitles, fieldWords } from "../wording";

/** A clause as named passages of plain text, to set two versions side by side. */
export function passagesOf(text: ClauseText): ReadonlyMap<string, string> {
  const passages = new Map<string, string>([
    ["Title", text.title],
    ["Question", text.question],
  ]);
  text.blocks.forEach((block, at) => {
    const name = blockTitles[block.type];
    const content = isExamples(block)
      ? block.items.map((item) => [item.text, ...item.media.map((shown) => `[${shown.note === "" ? shown.asset_id : shown.note}]`), item.ruling, item.why].filter(Boolean).join(" — ")).join("\n")
      : block.text;
    passages.set(passages.has(name) ? `${name} (${at + 1})` : name, content);
  });
  const named = (field: string): string => fieldWords[field] ?? field;
  passages.set(named("answers"), text.answers.map((answer) => `${answer.label}${answer.harmful ? " (harmful)" : ""}`).join("\n"));
  passages.set(named("severities"), text.severities.map((step) => `${step.value} ${step.label}`).join("\n"));
  passages.set(named("modalities"), text.modalities.join(", "));
  passages.set(named("evidence_kinds"), text.evidence_kinds.join(", "));
  passages.set(
    named("requires"),
    (["evidence", "reason", "severity"] as const).filter((name) => text.requires[name]).join(", "),
  );
  passages.set(named("relations"), text.relations.map((row) => `${row.kind} ${row.clause_key}`).join("\n"));
  passages.set(named("codes"), text.codes.map((row) => `${row.taxonomy} ${row.code}`).join("\n"));
  passages.set(named("language"), text.language);
  for (const { language, passages: words } of text.translations) {
    passages.set(languageName(language), words.map((row) => `${placeName(text, row.at)}: ${row.text}`).join("\n"));
  }
  return passages;
}
