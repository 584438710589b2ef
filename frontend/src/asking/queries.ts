import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";

export type Endpoint = components["schemas"]["EndpointOutput"];

/** Every model a project may ask over the network. */
export const endpointsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["endpoints", projectId, "all"],
    queryFn: async () => {
      const page = await taken(
        api.GET("/api/projects/{project_id}/endpoints/", { params: { path: { project_id: projectId }, query: { page_size: 200 } } }),
      );
      return page.results;
    },
  });
