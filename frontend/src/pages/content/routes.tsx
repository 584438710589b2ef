import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "posts", title: "Posts", page: () => import("./PostsPage") },
  { path: "posts/import", title: "Bring in posts", page: () => import("./ImportPage") },
  { path: "posts/$postId", title: "Post", page: () => import("./PostPage") },
];
