import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "compare", title: "Compare", page: () => import("./ComparePage"), layout: "workspace" },
  { path: "comparisons", title: "Comparisons", page: () => import("./ComparisonsPage") },
  { path: "comparisons/import", title: "Bring in comparisons", page: () => import("./ComparisonImportPage") },
  { path: "comparisons/$comparisonId", title: "Comparison", page: () => import("./ComparisonPage") },
  { path: "ratings", title: "Ratings", page: () => import("./RatingsPage") },
];
