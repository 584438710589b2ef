import { begin } from "@/api/begun";
import { AHEAD } from "@/work/ahead";
import { exchangeOf } from "./workspace/keeping/exchanges";
import { Journal } from "./workspace/keeping/journal";

/**
 * Ask for the first posts while the app is still on its way. The page would ask the same: a browser that holds no
 * unsent answer names nothing, and is handed what it has on lease already before anything new.
 */
export function beginLabelling(projectId: string): void {
  const { path, body } = exchangeOf(projectId, null, { holding: [], take: AHEAD + 1 });
  begin("POST", path, body, new Journal().isSentOut());
}
