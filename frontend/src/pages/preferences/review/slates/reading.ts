import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { type SampleChoice, sampleQuery } from "@/work/review/words";

type Schemas = components["schemas"];

export type SampledSlate = Schemas["SampledSlateOutput"];
export type ReviewedSlate = Schemas["ReviewedSlateOutput"];
export type GivenAnswer = Schemas["GivenSlateAnswerOutput"];
export type SlatePair = Schemas["SlatePairOutput"];

export function slatesPage(projectId: string, choice: SampleChoice, suspected: string | null, cursor: string | undefined) {
  return taken(
    api.GET("/api/projects/{project_id}/review-slates/", {
      params: {
        path: { project_id: projectId },
        query: { ...sampleQuery(choice), ...(suspected === null ? {} : { suspected }), ...(cursor === undefined ? {} : { cursor }) },
      },
    }),
  );
}

export function reviewedSlateQuery(slateId: string) {
  return queryOptions({
    queryKey: ["slate-review", slateId],
    queryFn: () => taken(api.GET("/api/slates/{slate_id}/review/", { params: { path: { slate_id: slateId } } })),
  });
}
