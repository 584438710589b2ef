import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "settings", title: "Settings", isGlobal: true, page: () => import("./SettingsPage") },
  { path: "tokens", title: "Access tokens", isGlobal: true, page: () => import("./TokensPage") },
];
