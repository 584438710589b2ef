import type { ComponentType } from "react";

/** One page of an area. Its code loads when somebody goes there. */
export interface AreaRoute {
  /** Under `/p/$projectId/`, without a leading slash: "policies/$policyId". "" is the project's overview. */
  readonly path: string;
  /** Said by the browser's tab and to people who hear the page. */
  readonly title: string;
  /** `() => import("./PolicyPage")`, the page being its default export. */
  readonly page: () => Promise<{ default: ComponentType }>;
  /**
   * "page" (default): a scrolling page with the usual margins. "workspace": the whole height beside a narrow
   * rail, nothing scrolls unless the page says so.
   */
  readonly layout?: "page" | "workspace";
  /** Outside any project: the path then starts at the root ("settings"). */
  readonly isGlobal?: boolean;
}
