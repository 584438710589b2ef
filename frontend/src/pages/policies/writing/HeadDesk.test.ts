import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Head, HeadDesk, HeadMoved } from "./HeadDesk";

function world() {
  let stored = { title: "House rules", notes: "", version: 1 };
  const save = vi.fn((version: number, head: Head) => {
    if (version !== stored.version) return Promise.reject(new HeadMoved(stored, stored.version));
    stored = { ...head, version: version + 1 };
    return Promise.resolve(stored);
  });
  const desk = new HeadDesk(stored, save);
  const others = (change: Partial<Head>): void => {
    stored = { ...stored, ...change, version: stored.version + 1 };
  };
  return { desk, save, others, stored: () => stored };
}

describe("title and notes of a draft", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("save themselves a moment after the last key", async () => {
    const { desk, save, stored } = world();
    desk.write({ title: "A" });
    desk.write({ title: "AB" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(save).toHaveBeenCalledTimes(1);
    expect([stored().title, desk.snapshot().phase]).toEqual(["AB", "saved"]);
  });

  it("go on top of a change of the outline without asking anybody", async () => {
    const { desk, others, stored } = world();
    others({});
    desk.write({ notes: "New." });
    await desk.flush();
    expect([stored().notes, desk.snapshot().phase]).toEqual(["New.", "saved"]);
  });

  it("stop at another author's words and keep both until the writer chooses", async () => {
    const { desk, others, stored } = world();
    others({ title: "Theirs" });
    desk.write({ title: "Mine" });
    await desk.flush();
    expect(desk.snapshot()).toMatchObject({ phase: "conflict", title: "Mine", theirs: { title: "Theirs" } });
    desk.keepMine();
    await vi.advanceTimersByTimeAsync(0);
    expect(stored().title).toBe("Mine");
  });

  it("are not taken away by what arrives while they are written", () => {
    const { desk } = world();
    desk.write({ notes: "Half a sen" });
    desk.adopt({ title: "House rules", notes: "", version: 2 });
    expect(desk.snapshot().notes).toBe("Half a sen");
  });
});
