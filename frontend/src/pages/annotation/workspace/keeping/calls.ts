import { api, taken } from "@/api/client";
import { ApiProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { send } from "@/api/transport";
import { WorkClosedError } from "@/work/protection/closed";
import type { LabelBundle } from "../bundle";
import type { SuggestionReport } from "../suggestions/items";
import { exchangeOf, type Wish } from "./exchanges";
import type { OutboxEntry } from "./journal";

type Exchanged = components["schemas"]["ExchangeOutput"];

/** Posts handed out without an answer going in: at the beginning, and after one was given back. */
export async function takePosts(projectId: string, holding: readonly string[], take: number): Promise<LabelBundle[]> {
  const { next, idle, closed } = await exchange(projectId, null, { holding, take });
  if (next.length === 0 && closed !== null) throw new WorkClosedError(closed);
  if (next.length === 0 && idle !== null) throw idleProblem(idle);
  return next;
}

/** Why nothing is handed out, as the refusal that the room around the work knows how to tell. */
export function idleProblem(idle: NonNullable<Exchanged["idle"]>): ApiProblem {
  const { code, detail, languages } = idle;
  return new ApiProblem({ title: "Nothing is handed out", status: 409, code, detail, fields: { languages } });
}

/** An answer in and the next posts out, in one request. */
export function exchangeAnswer(entry: OutboxEntry, wish: Wish): Promise<Exchanged> {
  const answer = {
    lease_id: entry.leaseId,
    id: entry.submissionId,
    document: entry.document,
    active_ms: entry.activeMs,
    supersedes_id: entry.supersedesId,
    suggestions: entry.suggestions ?? null,
  };
  return exchange(entry.projectId, answer, wish);
}

async function exchange(projectId: string, answer: object | null, wish: Wish): Promise<Exchanged> {
  const { path, body } = exchangeOf(projectId, answer, wish);
  // Sent by hand: the document's type is the editor's own, which the server checks against its models.
  return (await send("POST", path, body)) as Exchanged;
}

export function loadBundle(leaseId: string): Promise<LabelBundle> {
  return taken(api.GET("/api/leases/{lease_id}/label/", { params: { path: { lease_id: leaseId } } }));
}

/** Whether the server has something of a model to show after the answer; it notes that it is shown. */
export async function askSecondLook(leaseId: string): Promise<boolean> {
  const { has_suggestions } = await taken(
    api.POST("/api/leases/{lease_id}/second-look/", { params: { path: { lease_id: leaseId } } }),
  );
  return has_suggestions;
}

/** Say what was done with suggestions that came after an answer which stays as it is. */
export async function tellReport(leaseId: string, report: SuggestionReport): Promise<void> {
  await taken(
    api.POST("/api/leases/{lease_id}/suggestions/", {
      params: { path: { lease_id: leaseId } },
      body: { shown_ms: report.shown_ms, rejected: [...report.rejected] },
    }),
  );
}
