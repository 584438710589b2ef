import { describe, expect, it, vi } from "vitest";
import type { Clause } from "../shapes";
import { ClauseDesk, NoPlace, OtherVersion, type SaveBody } from "./ClauseDesk";

const document: Clause["document"] = {
  kind: "verdict",
  title: "Spam",
  question: "Is it spam?",
  blocks: [],
  answers: [],
  severities: [],
  modalities: [],
  evidence_kinds: [],
  requires: { evidence: false, reason: false, severity: false },
  relations: [],
  codes: [],
  language: "",
  translations: [],
};

function clauseAt(version: number, title = "Spam"): Clause {
  return {
    key: "spam",
    parent_key: "",
    position: 0,
    version,
    meaning_revision: null,
    change: "none",
    change_reason: "",
    is_decision_current: true,
    proposal: null,
    problems: [],
    edited_at: "2026-01-01T00:00:00Z",
    edited_by: null,
    document: { ...document, title },
  };
}

/** A server holding one clause, answering when told to. */
function world() {
  const waiting: { run: () => void; isOff: boolean }[] = [];
  const answers: (() => void)[] = [];
  let stored = clauseAt(1);
  const save = vi.fn(
    (_: string, body: SaveBody) =>
      new Promise<Clause>((resolve, reject) => {
        answers.push(() => {
          if (body.version !== stored.version) {
            reject(new OtherVersion(stored.document, stored.version));
            return;
          }
          stored = { ...stored, version: stored.version + 1, document: body.document };
          resolve(stored);
        });
      }),
  );
  const desk = new ClauseDesk({
    save,
    onSaved: () => {},
    later: (run) => {
      const entry = { run, isOff: false };
      waiting.push(entry);
      return () => {
        entry.isOff = true;
      };
    },
  });
  desk.adopt([stored]);
  return {
    desk,
    save,
    entry: () => desk.snapshot().get("spam"),
    pause: () => waiting.splice(0).forEach((entry) => entry.isOff || entry.run()),
    answer: async () => {
      answers.shift()?.();
      await new Promise((resolve) => setTimeout(resolve));
    },
    others: (title: string) => {
      stored = { ...clauseAt(stored.version + 1, title) };
    },
  };
}

const titled = (title: string) => (text: Clause["document"]) => ({ ...text, title });

describe("a clause on the desk", () => {
  it("is saved once after a pause, however many keys were pressed", async () => {
    const { desk, save, entry, pause, answer } = world();
    desk.write("spam", titled("S"));
    desk.write("spam", titled("Sp"));
    expect(entry()?.phase).toBe("unsaved");
    pause();
    await answer();
    expect(save).toHaveBeenCalledTimes(1);
    expect(entry()?.phase).toBe("saved");
    expect(entry()?.clause.version).toBe(2);
  });

  it("sends what is typed during a save with the next one, on the new version", async () => {
    const { desk, save, entry, pause, answer } = world();
    desk.write("spam", titled("One"));
    pause();
    desk.write("spam", titled("Two"));
    await answer();
    expect(entry()?.text.title).toBe("Two");
    pause();
    await answer();
    expect(save.mock.calls.map(([, body]) => body.version)).toEqual([1, 2]);
    expect(entry()?.phase).toBe("saved");
  });

  it("stops at another author's text and keeps both until the writer chooses", async () => {
    const { desk, save, entry, pause, answer, others } = world();
    others("Theirs");
    desk.write("spam", titled("Mine"));
    pause();
    await answer();
    expect(entry()?.phase).toBe("conflict");
    expect(entry()?.text.title).toBe("Mine");
    expect(entry()?.conflict?.theirs.title).toBe("Theirs");
    desk.write("spam", titled("Mine, longer"));
    pause();
    expect(save).toHaveBeenCalledTimes(1);
    desk.keepMine("spam");
    await answer();
    expect(entry()?.phase).toBe("saved");
    expect(entry()?.clause.document.title).toBe("Mine, longer");
  });

  it("takes the other text when told to", async () => {
    const { desk, entry, pause, answer, others } = world();
    others("Theirs");
    desk.write("spam", titled("Mine"));
    pause();
    await answer();
    desk.takeTheirs("spam");
    expect(entry()?.text.title).toBe("Theirs");
    expect(entry()?.phase).toBe("saved");
  });

  it("follows the server while untouched, and not while being written", () => {
    const { desk, entry } = world();
    desk.adopt([clauseAt(2, "From elsewhere")]);
    expect(entry()?.text.title).toBe("From elsewhere");
    desk.write("spam", titled("Mine"));
    desk.adopt([clauseAt(3, "Later")]);
    expect(entry()?.text.title).toBe("Mine");
  });

  it("sends a decision once, with the text it was made for", async () => {
    const { desk, save, pause, answer } = world();
    desk.write("spam", titled("Junk"));
    desk.decide("spam", "editorial");
    pause();
    await answer();
    desk.write("spam", titled("Junk mail"));
    pause();
    await answer();
    expect(save.mock.calls.map(([, body]) => body.change)).toEqual(["editorial", undefined]);
  });

  it("keeps a text whose clause somebody took out, and never sends it into the void", async () => {
    const { desk, save, entry, pause } = world();
    desk.write("spam", titled("Mine"));
    desk.adopt([]);
    expect(entry()).toMatchObject({ phase: "left", text: { title: "Mine" } });
    pause();
    desk.write("spam", titled("Mine, longer"));
    pause();
    expect(save).not.toHaveBeenCalled();
    desk.forget("spam");
    expect(desk.isUnsaved).toBe(false);
    await Promise.resolve();
  });

  it("saves what was left once the clause is back", async () => {
    const { desk, entry, pause, answer } = world();
    desk.write("spam", titled("Mine"));
    desk.adopt([]);
    desk.adopt([clauseAt(1)]);
    expect(entry()?.phase).toBe("unsaved");
    void desk.flush();
    pause();
    await answer();
    expect(entry()?.phase).toBe("saved");
  });

  it("stops when the draft is no draft any more", async () => {
    const save = vi.fn(() => Promise.reject(new NoPlace("This release is in review.")));
    const desk = new ClauseDesk({ save, onSaved: () => {}, later: () => () => {} });
    desk.adopt([clauseAt(1)]);
    desk.write("spam", titled("Mine"));
    await desk.flush();
    expect(desk.snapshot().get("spam")).toMatchObject({ phase: "left", text: { title: "Mine" } });
    await desk.flush();
    expect(save).toHaveBeenCalledTimes(1);
  });

  it("flushes what waits and then has nothing left to lose", async () => {
    const { desk, answer } = world();
    desk.write("spam", titled("Now"));
    expect(desk.isUnsaved).toBe(true);
    const done = desk.flush();
    await answer();
    await done;
    expect(desk.isUnsaved).toBe(false);
  });
});
