import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "datasets", title: "Datasets", page: () => import("./DatasetsPage") },
  { path: "datasets/new", title: "New dataset", page: () => import("./NewDatasetPage") },
  { path: "datasets/$datasetId", title: "Dataset", page: () => import("./DatasetPage") },
  { path: "datasets/$datasetId/definition", title: "Change a dataset", page: () => import("./ChangeDatasetPage") },
  { path: "datasets/$datasetId/versions/$versionId", title: "Dataset version", page: () => import("./VersionPage") },
  {
    path: "datasets/$datasetId/versions/$versionId/against/$againstId",
    title: "Comparison of versions",
    page: () => import("./ComparisonPage"),
  },
];
