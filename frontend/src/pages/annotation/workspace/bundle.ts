import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type LabelBundle = Schemas["LabelBundleOutput"];
export type Clause = Schemas["AskedClauseOutput"];
export type PostPart = Schemas["PostPartOutput"];
export type MediaAsset = Schemas["MediaAssetOutput"];
export type Campaign = Schemas["CampaignContextOutput"];

/** Media and text: the two kinds of part the page lays out apart. */
export function isMedia(part: PostPart): part is PostPart & { asset: MediaAsset } {
  return part.asset !== null;
}
