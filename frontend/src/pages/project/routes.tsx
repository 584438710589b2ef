import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "", title: "Overview", page: () => import("./OverviewPage") },
  { path: "members", title: "Members", page: () => import("./MembersPage") },
  { path: "endpoints", title: "Endpoints", page: () => import("./EndpointsPage") },
  { path: "jobs", title: "Jobs", page: () => import("./JobsPage") },
  { path: "audit", title: "Audit", page: () => import("./AuditPage") },
];
