import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "comparisons", title: "Comparisons", page: () => import("./ComparisonsPage") },
  { path: "comparisons/import", title: "Bring in comparisons", page: () => import("./ComparisonImportPage") },
  { path: "comparisons/$comparisonId", title: "Comparison", page: () => import("./ComparisonPage") },
];
