import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "ask", title: "Ask for answers", page: () => import("./AskPage") },
];
