import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";

/** Which languages the person reads; none chosen: any. */
export const languagesReadQuery = queryOptions({
  queryKey: ["languages-read"],
  queryFn: () => taken(api.GET("/api/me/languages/")),
});
