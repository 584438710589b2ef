import { beforeEach, describe, expect, test, vi } from "vitest";
import { OwnKeysStore } from "./ownKeys";
import { GLOBAL_SCOPE, ShortcutConflictError, ShortcutRegistry } from "./registry";

let registry: ShortcutRegistry;

beforeEach(() => {
  registry = new ShortcutRegistry();
  document.body.innerHTML = "";
});

function press(key: string, target: EventTarget = document.body, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  Object.defineProperty(event, "target", { value: target });
  registry.handle(event);
  return event;
}

const shortcut = (id: string, keys: string | string[], run = vi.fn()) => ({ id, label: id, keys, run });

describe("conflicts", () => {
  test("two shortcuts of one scope on one key are refused, in any spelling", () => {
    registry.add([shortcut("a", "mod+shift+s")]);
    expect(() => registry.add([shortcut("b", "shift+mod+S")])).toThrow(ShortcutConflictError);
  });

  test("a page may take over a key that works everywhere, and gives it back", () => {
    const everywhere = vi.fn();
    const page = vi.fn();
    registry.add([{ ...shortcut("all", "x", everywhere), scope: GLOBAL_SCOPE }]);
    const leave = registry.add([shortcut("page", "x", page)]);
    press("x");
    expect(page).toHaveBeenCalledOnce();
    leave();
    press("x");
    expect(everywhere).toHaveBeenCalledOnce();
  });

  test("what was opened on a page keeps its key when the page registers anew", () => {
    const page = vi.fn();
    const opened = vi.fn();
    const leave = registry.add([shortcut("page", "Escape", page)]);
    registry.add([{ ...shortcut("opened", "Escape", opened), scope: "lens" }]);
    leave();
    registry.add([shortcut("page", "Escape", page)]);
    press("Escape");
    expect(opened).toHaveBeenCalledOnce();
    expect(page).not.toHaveBeenCalled();
  });

  test("a switched-off shortcut holds no key", () => {
    registry.add([{ ...shortcut("off", "x"), enabled: false }]);
    expect(() => registry.add([shortcut("on", "x")])).not.toThrow();
  });
});

describe("a person's own keys", () => {
  const own = new OwnKeysStore();
  beforeEach(() => {
    own.set({});
    registry = new ShortcutRegistry(own);
  });

  test("take the place of the usual ones, also when they come later, and go again", () => {
    const run = vi.fn();
    registry.add([shortcut("a", ["x", "y"], run)]);
    own.set({ a: ["z"] });
    press("x");
    expect(run).not.toHaveBeenCalled();
    press("z");
    expect(run).toHaveBeenCalledOnce();
    expect(registry.snapshot()[0]?.shortcut.keys).toEqual(["z"]);
    expect(registry.snapshot()[0]?.usual.keys).toEqual(["x", "y"]);
    own.set({});
    press("x");
    expect(run).toHaveBeenCalledTimes(2);
  });

  test("win over a command of the same scope that has come to have the key", () => {
    const mine = vi.fn();
    const theirs = vi.fn();
    own.set({ a: ["x"] });
    registry.add([shortcut("b", ["x", "y"], theirs), shortcut("a", "z", mine)]);
    press("x");
    expect(mine).toHaveBeenCalledOnce();
    expect(theirs).not.toHaveBeenCalled();
    expect(registry.snapshot()[0]?.shortcut.keys).toEqual(["y"]);
  });

  test("never excuse two commands of the table on one key", () => {
    own.set({ c: ["q"] });
    expect(() => registry.add([shortcut("a", "x"), shortcut("b", "x")])).toThrow(ShortcutConflictError);
  });
});

describe("a key held down", () => {
  test("runs once however long it is held, and is told when it comes up", () => {
    const run = vi.fn();
    const released = vi.fn();
    registry.add([{ ...shortcut("hold", "h", run), released }]);
    press("h", document.body, { code: "KeyH" });
    press("h", document.body, { code: "KeyH", repeat: true });
    expect(run).toHaveBeenCalledOnce();
    registry.handleUp(new KeyboardEvent("keyup", { key: "x", code: "KeyX" }));
    expect(released).not.toHaveBeenCalled();
    registry.handleUp(new KeyboardEvent("keyup", { key: "h", code: "KeyH" }));
    registry.letGo();
    expect(released).toHaveBeenCalledOnce();
  });

  test("was down as long as the hand held it, however late a busy page hears of it", () => {
    const released = vi.fn();
    registry.add([{ ...shortcut("hold", "h"), released }]);
    const at = (type: "keydown" | "keyup", timeStamp: number): KeyboardEvent =>
      Object.defineProperty(new KeyboardEvent(type, { key: "h", code: "KeyH" }), "timeStamp", { value: timeStamp });
    registry.handle(at("keydown", 1000));
    registry.handleUp(at("keyup", 1080));
    expect(released).toHaveBeenCalledExactlyOnceWith(80);
  });
});

describe("what a key reaches", () => {
  test("nothing while text is written, unless the shortcut says so", () => {
    const plain = vi.fn();
    const always = vi.fn();
    registry.add([shortcut("plain", "x", plain), { ...shortcut("always", "mod+enter", always), whileTyping: true }]);
    const field = document.createElement("textarea");
    expect(press("x", field).defaultPrevented).toBe(false);
    press("Enter", field, { ctrlKey: true });
    expect(plain).not.toHaveBeenCalled();
    expect(always).toHaveBeenCalledOnce();
  });

  test("nothing behind an open dialog", () => {
    const run = vi.fn();
    registry.add([shortcut("x", "x", run)]);
    document.body.innerHTML = '<div role="dialog" aria-modal="true"></div>';
    press("x");
    expect(run).not.toHaveBeenCalled();
  });

  test("Enter on a button presses the button", () => {
    const run = vi.fn();
    registry.add([shortcut("open", "Enter", run)]);
    const button = document.createElement("button");
    expect(press("Enter", button).defaultPrevented).toBe(false);
    press("Enter");
    expect(run).toHaveBeenCalledOnce();
  });

  test("nothing while a word is being composed", () => {
    const run = vi.fn();
    registry.add([shortcut("x", "x", run)]);
    press("x", document.body, { isComposing: true });
    expect(run).not.toHaveBeenCalled();
  });
});

describe("two keys in a row", () => {
  test("run together, even when a dialog key lies between other letters", () => {
    const go = vi.fn();
    registry.add([shortcut("go", "g l", go)]);
    press("g");
    press("l");
    expect(go).toHaveBeenCalledOnce();
    press("l");
    expect(go).toHaveBeenCalledOnce();
  });

  test("win over the single key their second one has", () => {
    const go = vi.fn();
    const single = vi.fn();
    registry.add([shortcut("go", "g l", go), shortcut("single", "l", single)]);
    press("g");
    press("l");
    expect(single).not.toHaveBeenCalled();
    press("l");
    expect(single).toHaveBeenCalledOnce();
  });

  test("are forgotten when the second is another key", () => {
    const go = vi.fn();
    registry.add([shortcut("go", "g l", go)]);
    press("g");
    press("x");
    press("l");
    expect(go).not.toHaveBeenCalled();
  });
});
