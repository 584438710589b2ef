import type { components } from "@/api/schema";

type Schemas = components["schemas"];

/** A limit on what one person is shown: so much of it an hour, a day or a week. Category "" is every kind. */
export type Budget = Schemas["BudgetOutput"];
export type HeldBudget = Schemas["SetBudgetOutput"];
export type Spent = Schemas["SpentOutput"];

/** What a person has had in view, and what is left of it. */
export type Meter = Schemas["MeterClosedOutput"];

/** A cover in which what is null is left to the organization. */
export type PartialCover = Schemas["PartialCoverOutput"];
export type CoverRow = Schemas["OwnCoverRowOutput"];
export type SetCoverRow = Schemas["CoverRowOutput"];

export type Support = Schemas["SupportOutput"];
export type CheckInRule = Schemas["CheckInsOutput"];

/** `consent_from`: from this severity on one is asked first, 5 never; `up_to`: what one is handed, 0 none of it. */
export type OwnCategory = Schemas["ConsentOutput"];

/** A person's own protection, and what it stands on. */
export type OwnProtection = Schemas["MyProtectionOutput"];
export type OwnProtectionInput = Required<Schemas["PersonSettingsShapeRequest"]>;

export type Exposure = Schemas["ExposureOutput"];
export type ExposureTotals = Exposure["total"];
export type ProjectExposure = Schemas["ProjectExposureOutput"];

export type CheckInSaid = Schemas["CheckInOutput"];
export type Outcome = Schemas["OutcomeOutput"];
export type Wellness = Schemas["WellnessOutput"];
export type ProposingModel = Schemas["ProposingModelOutput"];
export type Prediction = Schemas["PredictionShape"];

export type Spacing = Schemas["SpacingShape"];
export type HarmCategory = Schemas["HarmCategoryShape"];
export type ProjectSettings = Schemas["ProjectSettingsShape"];
export type OrganizationSettings = Schemas["OrganizationSettingsShape"];
export type SetProtection = Schemas["ProtectionOutput"];
