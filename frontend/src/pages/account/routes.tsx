import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "settings", title: "Settings", isGlobal: true, page: () => import("./SettingsPage") },
  { path: "keys", title: "Keys", isGlobal: true, page: () => import("./keys/KeysPage") },
  { path: "tokens", title: "Access tokens", isGlobal: true, page: () => import("./TokensPage") },
];
