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
export type Discussion = Schemas["DiscussionOutput"];
export type Thread = Schemas["ReleaseThreadOutput"];
export type Suggestion = Schemas["PassageSuggestionOutput"];
export type Reviewing = Schemas["ReviewingOutput"];
export type Reviewer = Schemas["ReviewerOutput"];
export type GoneClause = Schemas["GoneClauseOutput"];
export type Sitting = Schemas["SittingOutput"];
export type Taxonomy = Schemas["TaxonomyOutput"];
export type Outcomes = Schemas["DecisionOutcomesOutput"];
export type Succession = Schemas["SuccessionOutput"];
export type Impact = Schemas["ImpactOutput"];
export type ClauseImpact = Schemas["ClauseImpactOutput"];
export type Campaign = Schemas["CampaignOutput"];
export type CampaignFindings = Schemas["CampaignFindingsOutput"];
export type CampaignPlan = Schemas["CampaignPlanOutput"];

export function isExamples(block: Block): block is ExamplesBlock {
  return block.type === "examples" || block.type === "counter_examples";
}
