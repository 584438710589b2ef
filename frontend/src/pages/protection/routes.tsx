import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "protection", title: "Protection", isGlobal: true, page: () => import("./OwnProtectionPage") },
  { path: "exposure", title: "What I have seen", isGlobal: true, page: () => import("./ExposurePage") },
  { path: "rest", title: "You have stopped", isGlobal: true, page: () => import("./RestPage") },
  { path: "protection", title: "Protection of people", page: () => import("./ProjectProtectionPage") },
];
