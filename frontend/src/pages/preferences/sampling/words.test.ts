import { describe, expect, it } from "vitest";
import { formOf, type SamplingChoice } from "./queries";
import { leftOutWords, lostWords, madeWords, makings, makingWords, sampleNote } from "./words";

describe("what is told of a model that was asked", () => {
  it("says why an answer became no new response", () => {
    expect(lostWords({ repeated_calls: 2, empty_calls: 0, failed_calls: 1, cut_calls: 3 })).toBe(
      "2 said what was there already, 1 never came back, 3 ended at the most tokens",
    );
    expect(lostWords({ repeated_calls: 0, empty_calls: 0, failed_calls: 0, cut_calls: 0 })).toBe("");
    expect(sampleNote({ outcome: "failed", error_code: "endpoint_refused", is_cut: false })).toBe("no answer: endpoint_refused");
    expect(sampleNote({ outcome: "kept", error_code: "", is_cut: true })).toBe("ended at the most tokens");
    expect(sampleNote({ outcome: "kept", error_code: "", is_cut: false })).toBe("");
  });

  it("has a sentence for every thing that can be made of responses", () => {
    for (const { becomes, beside, label } of makings) expect(makingWords({ becomes, beside })).toBe(label);
    expect(makingWords({ becomes: "responses", beside: "others" })).toBe("Nothing yet: only the responses");
    const run = { made_pairs: 12, made_slates: 1, finished_at: "2026-11-22T08:00:00Z" };
    expect(madeWords({ ...run, becomes: "pairs" })).toBe("12 pairs");
    expect(madeWords({ ...run, becomes: "slates" })).toBe("1 slate");
    expect(madeWords({ ...run, becomes: "pairs", finished_at: null })).toBe("not made yet");
    expect(madeWords({ ...run, becomes: "responses" })).toBe("responses only");
  });

  it("says which prompts stay here, and nothing where none does", () => {
    expect(leftOutWords({ left_out: 0 })).toBeNull();
    expect(leftOutWords({ left_out: 1 })).toMatch(/^1 prompt stays here/);
    expect(leftOutWords({ left_out: 2 })).toMatch(/^2 prompts stay here/);
  });
});

describe("a choice that travels with a file", () => {
  it("leaves out what is not chosen", () => {
    const asked = { endpoint_id: "e", source_model: "", most: 200, samples: 4, system: "", temperature: 0, seed: 0 };
    const choice: SamplingChoice = { ...asked, becomes: "pairs", beside: "own", max_tokens: null, most_cost: null };
    const form = formOf(choice, new File(["{}"], "prompts.jsonl"));
    expect([...form.keys()]).toEqual([...Object.keys(asked), "becomes", "beside", "file"]);
    expect(form.get("temperature")).toBe("0");
  });
});
