import { describe, expect, it } from "vitest";
import { stalePassages, worded } from "@/work/rule/wording";
import type { ClauseText } from "../shapes";
import { placeName } from "../talk/places";
import { languageAdded, languageRemoved, languageTag, passageConfirmed, passageWritten, wordedRows } from "./wordings";

const clause: ClauseText = {
  kind: "verdict",
  title: "Spam",
  question: "Is it spam?",
  blocks: [
    { id: "definition", type: "definition", text: "Sent in bulk." },
    { id: "examples", type: "examples", items: [] },
  ],
  answers: [{ value: "yes", label: "Yes", harmful: true }],
  severities: [{ value: 1, label: "Low" }],
  modalities: [],
  evidence_kinds: [],
  requires: { evidence: false, reason: false, severity: false },
  relations: [],
  codes: [],
  language: "en",
  translations: [],
};

const french = passageWritten(passageWritten(languageAdded(clause, "fr"), "fr", "title", "Pourriel"), "fr", "answers/yes", "Oui");

describe("the same meaning in other words", () => {
  it("lists every passage beside its wording", () => {
    expect(wordedRows(french, "fr").map((row) => [row.at, row.state])).toEqual([
      ["title", "current"],
      ["question", "missing"],
      ["answers/yes", "current"],
      ["severities/1", "missing"],
      ["blocks/definition", "missing"],
    ]);
  });

  it("is stale once the source says something else, until somebody confirms it", () => {
    const later = { ...french, title: "Bulk mail" };
    expect(wordedRows(later, "fr")[0]).toMatchObject({ state: "stale", then: "Spam", text: "Pourriel" });
    expect(wordedRows(passageConfirmed(later, "fr", "title"), "fr")[0]).toMatchObject({ state: "current", then: "Bulk mail" });
    expect(wordedRows({ ...french, title: "Spam  " }, "fr")[0]?.state).toBe("current");
  });

  it("is read where it is written; the rest stays in the source language", () => {
    const passages = french.translations[0]?.passages ?? [];
    expect(worded(french, passages)).toMatchObject({ title: "Pourriel", question: "Is it spam?", answers: [{ label: "Oui" }] });
    expect(stalePassages({ ...french, title: "Bulk" }, passages)).toEqual(["title"]);
  });

  it("says why examples are ruled so, with the example wherever it stands", () => {
    const shown = (text: string) => ({ text, ruling: "yes", why: `Why ${text}`, severity: null, media: [] });
    const block = (...texts: string[]): ClauseText["blocks"] => [{ id: "examples", type: "examples", items: texts.map(shown) }];
    const at = "blocks/examples/why-eb199e77";
    const written = passageWritten({ ...french, blocks: block("Rifle 1", "Café 🔫") }, "fr", at, "Un prix");
    expect(wordedRows(written, "fr").find((row) => row.at === at)).toMatchObject({ state: "current", source: "Why Rifle 1", text: "Un prix" });
    expect(placeName(written, at)).toBe("Why example 1 is ruled so");
    const turned = { ...written, blocks: block("Café 🔫", "Rifle 1") };
    expect(placeName(turned, at)).toBe("Why example 2 is ruled so");
    expect(worded(turned, turned.translations[0]?.passages ?? []).blocks[0]).toMatchObject({ items: [{ why: "Why Café 🔫" }, { why: "Un prix" }] });
    expect([...wordedRows(written, "fr")].map((row) => row.at)).toContain("blocks/examples/why-edbcde2e");
  });

  it("has a language once, and forgets it whole", () => {
    expect(languageAdded(languageAdded(clause, "fr"), "fr").translations).toHaveLength(1);
    expect(languageAdded(clause, "en").translations).toHaveLength(0);
    expect(languageRemoved(french, "fr").translations).toEqual([]);
    expect([languageTag(" PT-BR "), languageTag("fr"), languageTag("French!")]).toEqual(["pt-BR", "fr", null]);
  });
});
