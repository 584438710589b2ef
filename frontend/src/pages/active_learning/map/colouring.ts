import { count, percent } from "@/ui";
import type { MapPoints } from "./mapQueries";

export const colourModes = {
  answer: "Answer",
  state: "Answered or not",
  harm: "Chance of harm",
  chosen: "Chosen by a round",
  media: "Media",
} as const;
export type ColourMode = keyof typeof colourModes;

/** Groups differ by shape and size as well as by colour. */
export type Shape = "disc" | "square" | "triangle" | "diamond" | "cross" | "ring";

export interface Group {
  readonly label: string;
  readonly shape: Shape;
  /** A custom property of the theme. */
  readonly colour: string;
  /** Times the usual size. */
  readonly size: number;
  readonly posts: number;
}

/** What the marks mean: the groups, and which each post belongs to. */
export interface Colouring {
  readonly groups: readonly Group[];
  readonly of: readonly number[];
}

type Style = Pick<Group, "shape" | "colour" | "size">;

const styles: readonly Style[] = [
  { shape: "disc", colour: "--plot-1", size: 1 },
  { shape: "triangle", colour: "--plot-2", size: 1.15 },
  { shape: "square", colour: "--plot-3", size: 0.95 },
  { shape: "diamond", colour: "--plot-4", size: 1.15 },
  { shape: "cross", colour: "--plot-5", size: 1.1 },
];
const quiet: Style = { shape: "ring", colour: "--plot-quiet", size: 0.8 };
const bins = 5;

export interface Answer {
  readonly value: string;
  readonly label: string;
  readonly harmful: boolean;
}

/** Which modes can say something of these posts. */
export function modesFor(points: MapPoints): ColourMode[] {
  if (points.states.length === 0) return ["media"];
  const hasScore = points.harm.length > 0;
  return (Object.keys(colourModes) as ColourMode[]).filter((mode) => mode !== "harm" || hasScore);
}

export function coloured(mode: ColourMode, points: MapPoints, answers: readonly Answer[]): Colouring {
  if (mode === "answer") return byAnswer(points, answers);
  if (mode === "harm") return byHarm(points);
  if (mode === "state") {
    return byName(
      points.states.map((state, at) => (points.held_out[at] === true ? "held" : state)),
      [
        ["decided", "Decided", styles[0]],
        ["asked", "Being asked about", styles[1]],
        ["held", "Measures models", styles[3]],
        ["open", "Open", quiet],
      ],
    );
  }
  if (mode === "chosen") {
    return byName(points.chosen_by, [
      ["newest_round", "By the newest round", styles[1]],
      ["earlier_round", "By an earlier round", styles[2]],
      ["map", "By people, on a map", styles[3]],
      ["nothing", "Not chosen", quiet],
    ]);
  }
  return byName(points.media, [
    ["text", "Text only", styles[0]],
    ["image", "With an image", styles[1]],
    ["video", "With a video", styles[2]],
    ["audio", "With audio", styles[3]],
  ]);
}

/** Harmless answers first, so that of two the harmful one is the warm triangle on every map. */
function byAnswer(points: MapPoints, given: readonly Answer[]): Colouring {
  const answers = [...given].sort((one, other) => Number(one.harmful) - Number(other.harmful));
  const first = answers.slice(0, styles.length - 1);
  const rest = new Set(answers.slice(first.length).map((answer) => answer.value));
  return byName(
    points.answers.map((answer) => (answer === null ? "none" : rest.has(answer) ? "other" : `=${answer}`)),
    [
      ...first.map((answer, at): Named => [`=${answer.value}`, answer.label, styles[at]]),
      ["other", "Another answer", styles.at(-1)],
      ["none", "Not decided", quiet],
    ],
  );
}

/** One hue that grows darker and larger with the chance of harm. */
function byHarm(points: MapPoints): Colouring {
  const of = points.harm.map((harm) => Math.min(bins - 1, Math.floor(harm * bins)));
  return {
    of,
    groups: Array.from({ length: bins }, (_, bin) => ({
      label: `${count((bin / bins) * 100)} to ${percent((bin + 1) / bins, 0)}`,
      shape: "disc",
      colour: `--plot-ramp-${bin + 1}`,
      size: 0.7 + 0.2 * bin,
      posts: of.filter((own) => own === bin).length,
    })),
  };
}

type Named = readonly [name: string, label: string, style: Style | undefined];

/** Groups that no post is in are left out. */
function byName(names: readonly string[], known: readonly Named[]): Colouring {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const there = known.filter(([name]) => counts.has(name));
  const places = new Map(there.map(([name], at) => [name, at]));
  return {
    groups: there.map(([name, label, style]) => ({ label, ...(style ?? quiet), posts: counts.get(name) ?? 0 })),
    of: names.map((name) => places.get(name) ?? Math.max(0, there.length - 1)),
  };
}
