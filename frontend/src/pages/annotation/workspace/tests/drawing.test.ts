import { describe, expect, it } from "vitest";
import { toLabelDocument } from "@/editor/labelDocument";
import { maskFields } from "@/editor/mask";
import { strokeOf } from "@/editor/mask/columns";
import { emptyVerdict, type RecordId } from "@/editor/records";
import { EditorStore } from "@/editor/store";
import { PictureViews } from "@/editor/view";
import { workspaceCommands } from "../commands";
import type { WorkspaceCommands } from "../commands/context";
import { brushStep, DrawingDesk, type DrawingSettings, freshSettings } from "../drawing";

const place = { part_id: "p", asset_sha256: "ab".repeat(32) };
const picture = { width: 200, height: 100 };
const clause = {
  key: "hate",
  title: "Hate",
  answers: [{ value: "yes", label: "Yes", harmful: true }],
  severities: [],
  evidence_kinds: ["box", "mask"],
  requires: { evidence: true, reason: false, severity: false },
};

const spam = { ...clause, key: "spam", title: "Spam", evidence_kinds: ["mask"] };

/** A workspace with a painted area and a box; what the commands set is kept beside. */
function task() {
  const mask = { kind: "mask", ...place, ...maskFields(strokeOf([{ x: 50, y: 50 }], 9, picture), picture) } as const;
  const box = { kind: "box", ...place, x: 10, y: 10, width: 30, height: 20 } as const;
  const store = new EditorStore([
    { ...emptyVerdict("hate"), answer: "yes" },
    { type: "evidence", id: "evidence:mask", clauseKey: "hate", order: 0, data: mask },
    { type: "evidence", id: "evidence:box", clauseKey: "hate", order: 1, data: box },
  ]);
  const state: { drawing: DrawingSettings; chosen: readonly RecordId[] } = { drawing: freshSettings, chosen: ["evidence:mask"] };
  const views = new PictureViews();
  views.of("p").measure({ width: 400, height: 200 }, picture);
  const part = { id: "p", kind: "image", asset: { ...picture, sha256: place.asset_sha256 }, text: null };
  const workspace = {
    store,
    desk: new DrawingDesk(),
    views,
    bundle: { clauses: [clause, spam], post: { parts: [part] } },
    activeKey: "hate",
    activePartId: "p",
    takes: () => true,
    setTool: () => undefined,
    setActivePart: () => undefined,
    players: { current: new Map() },
    setActiveKey: (key: string) => {
      workspace.activeKey = key;
    },
    select: (id: RecordId | null) => {
      state.chosen = id === null ? [] : [id];
    },
    choose: (ids: readonly RecordId[]) => {
      state.chosen = ids;
    },
    setDrawing: (change: Partial<DrawingSettings>) => {
      state.drawing = { ...state.drawing, ...change };
    },
    get drawing() {
      return state.drawing;
    },
    get selected() {
      return state.chosen.at(-1) ?? null;
    },
    get chosen() {
      return new Set(state.chosen);
    },
  };
  const context = { workspace } as unknown as WorkspaceCommands;
  return { store, state, run: (id: string) => workspaceCommands.run(id, context), sent: () => toLabelDocument(store.snapshot(), [clause]) };
}

describe("what is seen", () => {
  it("never changes what is sent: no way of hiding, zooming or fading touches a record", () => {
    const { run, sent, state, store } = task();
    const before = sent();
    const seeing = ["hide", "hide-all", "opacity", "snap", "zoom-in", "zoom-out", "zoom-fit", "zoom-actual", "brush-larger", "brush-smaller", "next-mark"];
    for (let round = 0; round < 40; round += 1) {
      for (const [index, id] of seeing.entries()) if ((round * 7 + index * 3) % 4 !== 0) run(`label.${id}`);
      expect(sent()).toEqual(before);
    }
    state.drawing = { ...state.drawing, isAllHidden: true, hidden: new Set(store.snapshot().keys()), opacity: 0 };
    expect(sent()).toEqual(before);
    expect(sent().verdicts[0]?.evidence).toHaveLength(2);
  });
});

describe("keys on the selected shape", () => {
  it("move, resize, turn, copy, reorder and delete it, each as a step", () => {
    const { run, state, store, sent } = task();
    state.chosen = ["evidence:box"];
    run("label.nudge-right");
    run("label.nudge-right");
    run("label.grow-down");
    expect(sent().verdicts[0]?.evidence?.[1]).toMatchObject({ x: 12, width: 30, height: 21 });
    run("label.turn-right");
    expect(sent().verdicts[0]?.evidence?.[1]).toMatchObject({ rotation: 5 });
    expect(store.undo()).toBe("Turn the box");
    expect(store.undo()).toBe("Resize the box");
    expect(store.undo()).toBe("Move the box");
    expect(sent().verdicts[0]?.evidence?.[1]).toMatchObject({ x: 10, height: 20 });
    run("label.to-back");
    expect(sent().verdicts[0]?.evidence?.map(({ kind }) => kind)).toEqual(["box", "mask"]);
    run("label.duplicate");
    expect(sent().verdicts[0]?.evidence?.[2]).toMatchObject({ x: 20, y: 20, width: 30 });
    run("label.delete");
    expect(sent().verdicts[0]?.evidence).toHaveLength(2);
  });
});

describe("keys on several marks", () => {
  it("choose, move, copy, hide and delete them, each as one step", () => {
    const { run, state, store, sent } = task();
    run("label.select-all");
    expect(state.chosen).toEqual(["evidence:mask", "evidence:box"]);
    run("label.nudge-down");
    run("label.nudge-down");
    expect(sent().verdicts[0]?.evidence?.[1]).toMatchObject({ x: 10, y: 12 });
    expect(store.undo()).toBe("Move 2 marks");
    expect(sent().verdicts[0]?.evidence?.[1]).toMatchObject({ x: 10, y: 10 });
    run("label.hide");
    expect(state.drawing.hidden.size).toBe(2);
    run("label.hide");
    expect(state.drawing.hidden.size).toBe(0);
    run("label.opacity");
    expect([...state.drawing.opacities.values()]).toEqual([1, 1]);
    expect(state.drawing.opacity).toBe(0.5);
    run("label.duplicate");
    expect(sent().verdicts[0]?.evidence).toHaveLength(4);
    expect(state.chosen).not.toContain("evidence:box");
    run("label.delete");
    expect(sent().verdicts[0]?.evidence).toHaveLength(2);
    expect(store.undo()).toBe("Delete 2 marks");
    expect(store.undo()).toBe("Duplicate 2 marks");
    expect(sent().verdicts[0]?.evidence).toHaveLength(2);
  });

  it("give them to another question only where it takes every kind of them", () => {
    const { run, state, store } = task();
    run("label.select-all");
    run("label.give-2");
    expect(store.snapshot().get("evidence:box")).toMatchObject({ clauseKey: "hate" });
    state.chosen = ["evidence:mask"];
    run("label.give-2");
    expect(store.snapshot().get("evidence:mask")).toMatchObject({ clauseKey: "spam" });
    expect(store.undo()).toBe("Give to “Spam”");
  });

  it("unite painted areas into one", () => {
    const { run, state, sent } = task();
    run("label.duplicate");
    run("label.add-mark");
    expect(state.chosen).toHaveLength(2);
    state.chosen = ["evidence:mask", ...state.chosen.filter((id) => id !== "evidence:mask" && id !== "evidence:box")];
    run("label.track-merge");
    expect(sent().verdicts[0]?.evidence?.map(({ kind }) => kind)).toEqual(["mask", "box"]);
    expect(state.chosen).toEqual(["evidence:mask"]);
  });
});

describe("a number key", () => {
  const answers = [{ value: "yes", label: "Yes", harmful: true }, { value: "no", label: "No", harmful: false }];
  function asked() {
    const store = new EditorStore();
    const keys = ["a", "b", "c"];
    const clauses = keys.map((key) => ({ ...clause, key, answers, requires: { evidence: false, reason: false, severity: false } }));
    const workspace = { store, bundle: { clauses }, activeKey: "a", setActiveKey: (key: string) => void (workspace.activeKey = key) };
    const context = { workspace } as unknown as WorkspaceCommands;
    return { workspace, press: (id: string) => workspaceCommands.run(`label.answer-${id}`, context) };
  }

  it("goes on when its answer finds nothing, whether it is the first answer or another one", () => {
    const { workspace, press } = asked();
    press("2");
    expect(workspace.activeKey).toBe("b");
    workspace.activeKey = "a";
    press("2");
    expect(workspace.activeKey).toBe("b");
  });

  it("stays when its answer finds something, and with Alt in any case", () => {
    const { workspace, press } = asked();
    press("1");
    expect(workspace.activeKey).toBe("a");
    press("2-stay");
    expect(workspace.activeKey).toBe("a");
    press("2");
    press("2");
    press("2");
    expect(workspace.activeKey).toBe("c");
  });
});

it("brush sizes go up and down the same steps, and end at a pixel and at the largest", () => {
  let radius = 12;
  for (let step = 0; step < 60; step += 1) radius = brushStep(radius, 1);
  expect(radius).toBe(400);
  for (let step = 0; step < 90; step += 1) radius = brushStep(radius, -1);
  expect(radius).toBe(0.5);
  expect(brushStep(0.5, 1)).toBeGreaterThan(0.5);
});
