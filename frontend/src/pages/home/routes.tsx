import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [{ path: "", title: "Home", isGlobal: true, page: () => import("./HomePage") }];
