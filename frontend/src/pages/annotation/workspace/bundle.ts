import type { components } from "@/api/schema";
import type { InLanguage } from "@/work/rule/useWording";

type Schemas = components["schemas"];

/** A question; with a note on its language where that is not the one it was written in. */
export type Clause = Schemas["AskedClauseOutput"] & { readonly inLanguage?: InLanguage };
export type LabelBundle = Omit<Schemas["LabelBundleOutput"], "clauses"> & { clauses: Clause[] };
export type PostPart = Schemas["PostPartOutput"];
export type MediaAsset = Schemas["MediaAssetOutput"];
export type Campaign = Schemas["CampaignContextOutput"];

/** Media and text: the two kinds of part the page lays out apart. */
export function isMedia(part: PostPart): part is PostPart & { asset: MediaAsset } {
  return part.asset !== null;
}
