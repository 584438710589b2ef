import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Policy = Schemas["PolicyOutput"];
export type PolicyDetail = Schemas["PolicyDetailOutput"];
export type ReleaseBrief = Schemas["ReleaseBriefOutput"];
export type Release = Schemas["ReleaseOutput"];
export type Clause = Schemas["ClauseOutput"];
export type ClauseText = Clause["document"];
export type Block = ClauseText["blocks"][number];
export type ProseBlock = Exclude<Block, { items: unknown }>;
export type ExamplesBlock = Extract<Block, { items: unknown }>;
export type ExampleItem = ExamplesBlock["items"][number];
export type Difference = Schemas["DifferenceOutput"];
export type ClauseDifference = Schemas["ClauseDifferenceOutput"];
export type BlockDifference = Schemas["BlockDifferenceOutput"];
export type ItemDifference = Schemas["ItemDifferenceOutput"];
export type Segment = Schemas["SegmentOutput"];
export type Impact = Schemas["ImpactOutput"];
export type ClauseImpact = Schemas["ClauseImpactOutput"];
export type Campaign = Schemas["CampaignOutput"];

export function isExamples(block: Block): block is ExamplesBlock {
  return block.type === "examples" || block.type === "counter_examples";
}
