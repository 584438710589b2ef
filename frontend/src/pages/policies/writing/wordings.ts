import { sourcePassages } from "@/work/rule/wording";
import type { ClauseText } from "../shapes";

export interface WordedRow {
  readonly at: string;
  readonly source: string;
  readonly text: string;
  /** The source text that the wording was made from; "" where there is none. */
  readonly then: string;
  readonly state: "current" | "stale" | "missing";
}

/** Every passage of the clause beside its wording in one language. */
export function wordedRows(text: ClauseText, language: string): WordedRow[] {
  const translation = text.translations.find((one) => one.language === language);
  const known = new Map((translation?.passages ?? []).map((passage) => [passage.at, passage]));
  return [...sourcePassages(text)].map(([at, source]) => {
    const passage = known.get(at);
    if (passage === undefined || passage.text.trim() === "") {
      return { at, source, text: passage?.text ?? "", then: "", state: "missing" as const };
    }
    return { at, source, text: passage.text, then: passage.source, state: isSame(passage.source, source) ? "current" : "stale" };
  });
}

/** The clause with one passage written in a language, from the source as it is now. */
export function passageWritten(text: ClauseText, language: string, at: string, words: string): ClauseText {
  const source = sourcePassages(text).get(at) ?? "";
  return withTranslation(text, language, (passages) => {
    const rest = passages.filter((passage) => passage.at !== at);
    return words === "" ? rest : [...rest, { at, text: words, source }];
  });
}

/** The clause with a stale passage said to be right for the source as it is now. */
export function passageConfirmed(text: ClauseText, language: string, at: string): ClauseText {
  const row = wordedRows(text, language).find((one) => one.at === at);
  return row === undefined || row.state === "missing" ? text : passageWritten(text, language, at, row.text);
}

export function languageAdded(text: ClauseText, language: string): ClauseText {
  const isThere = text.language === language || text.translations.some((one) => one.language === language);
  return isThere ? text : { ...text, translations: [...text.translations, { language, passages: [] }] };
}

export function languageRemoved(text: ClauseText, language: string): ClauseText {
  return { ...text, translations: text.translations.filter((one) => one.language !== language) };
}

/** "fr", "pt-BR": a language tag the server takes, tidied; null for anything else. */
export function languageTag(typed: string): string | null {
  const tag = typed.trim();
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(tag)) return null;
  const [base = "", ...rest] = tag.split("-");
  return [base.toLowerCase(), ...rest].join("-");
}

function withTranslation(
  text: ClauseText,
  language: string,
  change: (passages: ClauseText["translations"][number]["passages"]) => ClauseText["translations"][number]["passages"],
): ClauseText {
  return {
    ...text,
    translations: text.translations.map((one) => (one.language === language ? { ...one, passages: change(one.passages) } : one)),
  };
}

/** The server takes blanks off line ends and the ends of texts; they make no translation stale. */
function isSame(before: string, now: string): boolean {
  return tidy(before) === tidy(now);
}

function tidy(text: string): string {
  return text
    .normalize("NFC")
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
}
