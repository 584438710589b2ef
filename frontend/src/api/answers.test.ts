import { QueryClient, queryOptions } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { showAnswer } from "./answers";

test("an answer is not undone by what was asked for before it", async () => {
  const queries = new QueryClient();
  let tell: (told: string) => void = () => undefined;
  const query = queryOptions({ queryKey: ["state"], queryFn: () => new Promise<string>((resolve) => (tell = resolve)) });
  queries.setQueryData(query.queryKey, "before");
  const asked = queries.query(query).catch(() => undefined);

  await showAnswer(queries, query.queryKey, "after");
  tell("before");
  await asked;

  expect(queries.getQueryData(query.queryKey)).toBe("after");
});
