import { describe, expect, test } from "vitest";
import { answersTo, chosenBy } from "./choosing";
import { type Bindable, bindables, EVERYWHERE } from "./rooms";

const command = (id: string, usual: string[], more: Partial<Bindable> = {}): Bindable => ({
  id,
  label: `Does ${id}`,
  group: "Group",
  room: "Labelling",
  within: "Labelling",
  over: [],
  usual,
  whileTyping: false,
  ...more,
});
const skip = command("label.skip", ["s"]);
const play = command("label.play", ["space"]);
const answer = command("label.answer-1", ["1"]);
const submit = command("label.submit", ["mod+enter"], { whileTyping: true });
const pair = command("compare.words", ["d"], { room: "Comparing", within: "Comparing" });
const home = command("go.home", ["g h"], { room: EVERYWHERE, within: EVERYWHERE });
const help = command("app.help", ["?"], { room: EVERYWHERE, within: EVERYWHERE });
const part = command("review.next-part", ["m"], { room: "Review", within: "review" });
const decide = command("deciding.words", ["n"], { room: "Review", within: "review/cases" });
const accept = command("reviewing.accepted", ["q"], { room: "Review", within: "review/answers" });
const all = [part, decide, accept, skip, play, answer, submit, pair, home, help];

function press(target: Bindable, key: string, more: KeyboardEventInit = {}, own = {}) {
  return chosenBy(new KeyboardEvent("keydown", { key, ...more }), target, all, own, false);
}

describe("choosing a key", () => {
  test("takes a free one, and waits while only Shift is held", () => {
    expect(press(skip, "Shift", { shiftKey: true })).toEqual({ kind: "waiting" });
    expect(press(skip, "K", { code: "KeyK", shiftKey: true })).toEqual({ kind: "taken", keys: ["shift+k"] });
  });

  test("refuses another command's key and names it", () => {
    expect(press(skip, " ", { code: "Space" })).toEqual({
      kind: "refused",
      why: "Space is the key of “Does label.play”. Give that another key first.",
    });
  });

  test("knows the keys a person gave before", () => {
    expect(press(skip, "x", { code: "KeyX" }, { "label.play": ["x"] })).toMatchObject({ kind: "refused" });
    expect(press(skip, " ", { code: "Space" }, { "label.play": ["x"] })).toEqual({ kind: "taken", keys: ["space"] });
  });

  test("knows what this keyboard sends for another command's key", () => {
    // AZERTY: the digit stands behind Shift, but its key answers all the same.
    expect(press(skip, "&", { code: "Digit1" })).toMatchObject({ kind: "refused" });
  });

  test("a room has its own keys; what works everywhere belongs to all of them", () => {
    expect(press(skip, "d")).toEqual({ kind: "taken", keys: ["d"] });
    expect(press(skip, "?", { shiftKey: true })).toMatchObject({ kind: "refused", why: expect.stringContaining("everywhere") as string });
    expect(press(help, "d")).toMatchObject({ kind: "refused", why: expect.stringContaining("in Comparing") as string });
  });

  test("a room may take the first of two keys in a row, its own scope may not", () => {
    expect(press(skip, "g", { code: "KeyG" })).toEqual({ kind: "taken", keys: ["g"] });
    expect(press(help, "g", { code: "KeyG" })).toMatchObject({ kind: "refused" });
  });

  test("what is never there at once may share a key; what works on the whole page may not", () => {
    expect(press(accept, "n", { code: "KeyN" })).toEqual({ kind: "taken", keys: ["n"] });
    expect(press(accept, "m", { code: "KeyM" })).toMatchObject({ kind: "refused", why: expect.stringContaining("review.next-part") as string });
    expect(press(part, "n", { code: "KeyN" })).toEqual({
      kind: "refused",
      why: "N is the key of “Does deciding.words”. Give that another key first.",
    });
  });

  test("what is opened on a page takes its usual keys from it, and no other", () => {
    const lens = command("lens.left", ["arrowleft"], { within: "lens", over: ["Labelling", "review/cases"] });
    const shape = command("lens.shape", ["*"], { within: "lens", over: ["Labelling", "review/cases"] });
    const mark = command("text.mark", ["enter"], { within: "text cursor", over: ["Labelling"] });
    const chosen = (target: Bindable, key: string, code: string) =>
      chosenBy(new KeyboardEvent("keydown", { key, code }), target, [lens, shape, mark, ...all], {}, false);
    expect(chosen(lens, "*", "BracketRight")).toMatchObject({ kind: "refused", why: expect.stringContaining("lens.shape") as string });
    expect(chosen(lens, "s", "KeyS")).toMatchObject({ kind: "refused", why: expect.stringContaining("label.skip") as string });
    expect(chosen(lens, "m", "KeyM")).toMatchObject({ kind: "refused", why: expect.stringContaining("in Review") as string });
    expect(chosen(skip, "*", "BracketRight")).toMatchObject({ kind: "refused", why: expect.stringContaining("lens.shape") as string });
    expect(chosen(lens, "Enter", "Enter")).toEqual({ kind: "taken", keys: ["enter"] }); // never open at once
    expect(chosen(lens, "d", "KeyD")).toEqual({ kind: "taken", keys: ["d"] }); // another room's
  });

  test("what works while writing must not be a letter", () => {
    expect(press(submit, "x")).toMatchObject({ kind: "refused", why: expect.stringContaining("while you write") as string });
    expect(press(submit, "x", { code: "KeyX", altKey: true })).toEqual({ kind: "taken", keys: ["alt+x"] });
    expect(press(submit, "F8")).toEqual({ kind: "taken", keys: ["f8"] });
  });

  test("leaves the browser what it will not give", () => {
    expect(press(skip, "w", { code: "KeyW", ctrlKey: true })).toMatchObject({ kind: "refused", why: expect.stringContaining("browser") as string });
    expect(press(skip, "Escape")).toEqual({ kind: "left" });
  });
});

test("a command is found by its words or by its key as it is spelled", () => {
  expect(answersTo(skip, ["shift+s"], "skip")).toBe(true);
  expect(answersTo(skip, ["shift+s"], "Shift+S")).toBe(true);
  expect(answersTo(skip, ["shift+s"], "outline")).toBe(false);
});

test("every usual key can be written the way the server stores keys", () => {
  const form = /^(mod\+)?(ctrl\+)?(alt\+)?(shift\+)?(\S|space|enter|escape|backspace|delete|insert|home|end|pageup|pagedown|plus|arrow(left|right|up|down)|f\d+)$/;
  for (const { usual } of bindables([])) for (const key of usual) expect(key.toLowerCase()).toMatch(form);
});

test("the pages of work are all there, and no two commands of one page have one key to begin with", () => {
  const all = bindables([]);
  expect([...new Set(all.map(({ room }) => room))]).toEqual(["Labelling", "Comparing", "Judging several", "Best and worst of several", "Best of several", "Rating", "Review", "Review of comparisons", "Review of slates", "Suspects of a noise scan", "Writing a policy"]);
  for (const within of new Set(all.map((one) => one.within))) {
    const together = all.filter((one) => one.within === within || within.startsWith(`${one.within}/`));
    const ways = together.flatMap(({ usual }) => usual.map((key) => key.toLowerCase()));
    expect(ways.filter((key, at) => ways.indexOf(key) !== at)).toEqual([]);
  }
});

test("the lens and the text cursor are changed like every command of the room", () => {
  const ids = bindables([]).map(({ id }) => id);
  expect(ids).toContain("lens.far-left");
  expect(ids).toContain("text.select-word-right");
});

test("no command stands in the list twice", () => {
  const ids = bindables([]).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
