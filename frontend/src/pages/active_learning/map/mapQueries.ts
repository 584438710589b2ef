import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { whileRunning } from "../queries";

export type PostMap = components["schemas"]["MapOutput"];
export type MapPoints = components["schemas"]["MapPointsOutput"];
export type MapChoices = components["schemas"]["MapChoicesOutput"];
export type MapTasks = components["schemas"]["MapTasksOutput"];
export type PostSummary = components["schemas"]["PostSummaryOutput"];

/** The newest maps first: the one under way, if there is one, and the newest that is laid out. */
export const mapsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["maps", projectId],
    queryFn: async () =>
      (
        await taken(
          api.GET("/api/projects/{project_id}/maps/", {
            params: { path: { project_id: projectId }, query: { page_size: 20 } },
          }),
        )
      ).results,
    refetchInterval: ({ state }) => whileRunning(state.data?.slice(0, 1) ?? []),
  });

export const mapChoicesQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["map choices", projectId],
    queryFn: () =>
      taken(api.GET("/api/projects/{project_id}/map-choices/", { params: { path: { project_id: projectId } } })),
  });

export const pointsQuery = (mapId: string, asked: { releaseId: string; clauseKey: string } | null) =>
  queryOptions({
    queryKey: ["map points", mapId, asked],
    queryFn: () =>
      taken(
        api.GET("/api/maps/{map_id}/points/", {
          params: {
            path: { map_id: mapId },
            query: asked === null ? {} : { release_id: asked.releaseId, clause_key: asked.clauseKey },
          },
        }),
      ),
    // Looking at another clause, the map stays in sight until its answers come.
    placeholderData: (before) => before,
  });

const longestAddress = 2500;

/** Names in lots that an address can carry. */
export function inLots(names: readonly string[], most: number): string[][] {
  const lots: string[][] = [];
  let length = Infinity;
  for (const name of names) {
    const own = encodeURIComponent(name).length + "&external_id=".length;
    const lot = lots.at(-1);
    if (lot === undefined || lot.length >= most || length + own > longestAddress) {
      lots.push([name]);
      length = own;
    } else {
      lot.push(name);
      length += own;
    }
  }
  return lots;
}

/** How posts begin, by name; their pictures are the server's covers. */
export const summariesQuery = (projectId: string, names: readonly string[]) =>
  queryOptions({
    queryKey: ["post summaries", projectId, names],
    queryFn: async () => {
      const page = await taken(
        api.GET("/api/projects/{project_id}/posts/", {
          params: { path: { project_id: projectId }, query: { external_id: [...names], page_size: 50 } },
        }),
      );
      return page.results;
    },
    staleTime: 60_000,
  });
