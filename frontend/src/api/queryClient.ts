import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./problem";

const mayHelpToRetry = (error: unknown): boolean => !(error instanceof ApiProblem) || error.status >= 500;

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: 10 * 60_000,
        retry: (count, error) => count < 2 && mayHelpToRetry(error),
        refetchOnWindowFocus: true,
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
