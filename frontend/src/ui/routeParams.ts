import { useParams } from "@tanstack/react-router";

/** A parameter of the address, by its name in the route's path. Throws when the route has none of that name. */
export function useRouteParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false });
  const value = params[name];
  if (value === undefined) throw new Error(`This page's route has no parameter "${name}".`);
  return value;
}

/** The project of the address; for pages under /p/$projectId. */
export function useProjectId(): string {
  return useRouteParam("projectId");
}
