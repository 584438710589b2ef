import { count } from "@/ui";
import type { MapPoints, MapTasks } from "./mapQueries";

export const stateWords: Readonly<Record<MapPoints["states"][number], string>> = {
  open: "Not decided",
  asked: "Being asked about",
  decided: "Decided",
};

export const chosenWords: Readonly<Record<MapPoints["chosen_by"][number], string>> = {
  nothing: "by nothing",
  newest_round: "by the newest round",
  earlier_round: "by an earlier round",
  map: "by people, on a map",
};

const leftOutWords: Readonly<Record<MapTasks["left_out"][number]["reason"], string>> = {
  gone: "hidden since",
  measures: "kept to measure people and models",
  decided: "decided already",
  asked: "being asked about already",
  other_media: "without media this clause is about",
};

/** "3 decided already, 1 being asked about already"; empty where nothing was left out. */
export function leftOutSentence(tasks: MapTasks): string {
  return tasks.left_out.map(({ reason, posts }) => `${count(posts)} ${leftOutWords[reason]}`).join(", ");
}
