import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "training", title: "Training", page: () => import("./TrainingPage") },
  { path: "training/$runId", title: "Training run", page: () => import("./TrainingRunPage") },
];
