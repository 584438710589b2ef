import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "rounds", title: "Rounds", page: () => import("./RoundsPage") },
  { path: "rounds/$roundId", title: "Round", page: () => import("./RoundPage") },
  { path: "map", title: "Map", page: () => import("./map/MapPage") },
  { path: "models", title: "Models", page: () => import("./ModelsPage") },
  { path: "models/$modelId", title: "Model", page: () => import("./ModelPage") },
  { path: "scans", title: "Noise scans", page: () => import("./ScansPage") },
  { path: "scans/$scanId", title: "Noise scan", page: () => import("./ScanPage") },
  { path: "scans/$scanId/review", title: "Suspects", page: () => import("./ScanReviewPage"), layout: "workspace" },
  { path: "suspects", title: "Suspects", page: () => import("./SuspectsPage"), layout: "workspace" },
];
