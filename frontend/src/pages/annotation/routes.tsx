import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "label", title: "Label", page: () => import("./LabelPage"), layout: "workspace" },
  { path: "review", title: "Review", page: () => import("./ReviewPage"), layout: "workspace" },
];
