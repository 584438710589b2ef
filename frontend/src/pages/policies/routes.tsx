import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "policies", title: "Policies", page: () => import("./PoliciesPage") },
  { path: "policies/$policyId", title: "Policy", page: () => import("./PolicyPage") },
  { path: "releases/$releaseId", title: "Release", layout: "workspace", page: () => import("./ReleasePage") },
  { path: "campaigns", title: "Campaigns", page: () => import("./CampaignsPage") },
  { path: "campaigns/$campaignId", title: "Campaign", page: () => import("./CampaignPage") },
];
