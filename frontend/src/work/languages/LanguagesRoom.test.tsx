import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ApiProblem } from "@/api/problem";
import { draw } from "@/test/draw";
import LanguagesRoom from "./LanguagesRoom";

afterEach(() => vi.unstubAllGlobals());

test("a newcomer says which of the project's languages they read, and then begins", async () => {
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    sent.push(await request.clone().json());
    return new Response(JSON.stringify(sent[0]), { status: 200, headers: { "Content-Type": "application/json" } });
  });
  const fields = { languages: ["en", "en-GB", "pt-BR", "th"] };
  const reason = new ApiProblem({ title: "Asked first", status: 409, code: "languages_unsaid", detail: "Say which.", fields });
  const look = vi.fn();
  const { user } = await draw(<LanguagesRoom reason={reason} onLook={look} />);
  const begin = screen.getByRole("button", { name: "Begin" });
  expect(begin).toBeDisabled();
  expect(screen.getAllByRole("checkbox").map((box) => box.getAttribute("value"))).toEqual(["en", "pt-BR", "th"]);
  await user.click(screen.getByRole("checkbox", { name: "Thai" }));
  await user.click(begin);
  await waitFor(() => expect(look).toHaveBeenCalledOnce());
  expect(sent).toEqual([{ languages: ["th"] }]);
});
