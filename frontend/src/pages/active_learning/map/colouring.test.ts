import { expect, it } from "vitest";
import { areasOf, whereWords } from "./AreasPanel";
import { coloured, colourModes, type ColourMode, modesFor } from "./colouring";
import { inLots, type MapPoints } from "./mapQueries";
import { leftOutSentence } from "./wording";

const points: MapPoints = {
  post_ids: ["a", "b", "c", "d"],
  names: ["one", "two", "three", "four"],
  xs: [0, 0.1, 0.9, 1],
  ys: [0, 0.1, 0.9, 1],
  areas: [0, 0, 1, 1],
  media: ["text", "text", "video", "image"],
  held_out: [false, false, false, true],
  answers: ["yes", null, "no", null],
  states: ["decided", "asked", "decided", "open"],
  chosen_by: ["nothing", "newest_round", "map", "nothing"],
  harm: [1, 0.2, 0.19, 0.6],
  model_number: 3,
};
const answers = [
  { value: "yes", label: "Yes", harmful: true },
  { value: "no", label: "No", harmful: false },
];

const told = (mode: ColourMode) => {
  const { groups, of } = coloured(mode, points, answers);
  return of.map((at) => groups[at]?.label);
};

it("each way to colour says what a post is", () => {
  expect(told("answer")).toEqual(["Yes", "Not decided", "No", "Not decided"]);
  expect(told("state")).toEqual(["Decided", "Being asked about", "Decided", "Measures models"]);
  expect(told("harm")).toEqual(["80 to 100 %", "20 to 40 %", "0 to 20 %", "60 to 80 %"]);
  expect(told("chosen")).toEqual(["Not chosen", "By the newest round", "By people, on a map", "Not chosen"]);
  expect(told("media")).toEqual(["Text only", "Text only", "With a video", "With an image"]);
});

it("of two answers the harmful one looks the same, whichever was written first", () => {
  const looks = (given: typeof answers) => coloured("answer", points, given).groups.map(({ label, shape }) => [label, shape]);
  expect(looks(answers)).toEqual([
    ["No", "disc"],
    ["Yes", "triangle"],
    ["Not decided", "ring"],
  ]);
  expect(looks([...answers].reverse())).toEqual(looks(answers));
});

it("no two groups are told apart by colour alone", () => {
  for (const mode of Object.keys(colourModes) as ColourMode[]) {
    const looks = coloured(mode, points, answers).groups.map((group) => `${group.shape} ${group.size}`);
    expect(new Set(looks).size).toBe(looks.length);
  }
});

it("groups count their posts, and those without any are left out", () => {
  const { groups } = coloured("chosen", points, answers);
  expect(groups.map(({ label, posts }) => [label, posts])).toEqual([
    ["By the newest round", 1],
    ["By people, on a map", 1],
    ["Not chosen", 2],
  ]);
});

it("answers past the fourth are one group", () => {
  const many = ["a", "b", "c", "d", "e", "f"].map((value) => ({ value, label: value.toUpperCase(), harmful: false }));
  const { groups, of } = coloured("answer", { ...points, answers: ["a", "d", "e", "f"] }, many);
  expect(of.map((at) => groups[at]?.label)).toEqual(["A", "D", "Another answer", "Another answer"]);
});

it("only what is known can colour the map", () => {
  expect(modesFor(points)).toEqual(["answer", "state", "harm", "chosen", "media"]);
  expect(modesFor({ ...points, harm: [] })).toEqual(["answer", "state", "chosen", "media"]);
  expect(modesFor({ ...points, states: [], answers: [], harm: [] })).toEqual(["media"]);
});

it("areas say where they lie and how many of their posts are decided", () => {
  expect(areasOf(points).map(({ number, posts, decided, where }) => [number, posts, decided, where])).toEqual([
    [0, [0, 1], 1, "top left"],
    [1, [2, 3], 1, "bottom right"],
  ]);
  expect(whereWords(0.5, 0.5)).toBe("middle");
});

it("names go in lots that an address can carry", () => {
  expect(inLots(["a", "b", "c"], 2)).toEqual([["a", "b"], ["c"]]);
  expect(inLots(["ж".repeat(200), "ж".repeat(200), "ж".repeat(200)], 20).map((lot) => lot.length)).toEqual([2, 1]);
  expect(inLots([], 20)).toEqual([]);
});

it("what was left out is said with its reasons", () => {
  const tasks = { asked: 5, left_out: [{ reason: "decided" as const, posts: 3 }, { reason: "measures" as const, posts: 1 }] };
  expect(leftOutSentence(tasks)).toBe("3 decided already, 1 kept to measure people and models");
});
