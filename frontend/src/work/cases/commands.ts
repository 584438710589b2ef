import type { KeyFacts } from "../keyTables";

/** Getting about among cases of one sort, in the room of this name. */
export function caseCommands(room: string, thing: string): readonly KeyFacts[] {
  const group = "Getting about";
  return [
    { id: `${room}.next`, label: `Next ${thing}`, keys: ["ArrowDown", "j"], group },
    { id: `${room}.previous`, label: `Previous ${thing}`, keys: ["ArrowUp", "k"], group },
    { id: `${room}.rule`, label: "Read the rule, or close it", keys: "g", group },
  ];
}
