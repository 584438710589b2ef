import { FileGoneError } from "./files";

/** What the server says when it refuses: RFC 9457, with Concord's stable code and request id. */
export interface ProblemDocument {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly request_id?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Rows of `{path, message}`, as every refusal of input lists them. */
  readonly errors?: unknown;
}

/** A refused request. `message` is the sentence for the person; `code` is for programs. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly requestId: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
  /** What is wrong with each refused input field, by its path ("roles", "clauses[0].key"); "" is the whole. */
  readonly fieldErrors: Readonly<Record<string, string>>;

  constructor(document: ProblemDocument) {
    super(document.detail);
    this.name = "ApiProblem";
    this.status = document.status;
    this.code = document.code;
    this.title = document.title;
    this.requestId = document.request_id ?? null;
    this.fields = document.fields ?? {};
    this.fieldErrors = byPath(document.errors);
  }
}

/** The request never got an answer: no network, or the server is away. */
export class NoAnswerError extends Error {
  constructor() {
    super("Concord cannot be reached. Your work stays here; try again when the connection is back.");
    this.name = "NoAnswerError";
  }
}

export function isProblem(error: unknown, code?: string): error is ApiProblem {
  return error instanceof ApiProblem && (code === undefined || error.code === code);
}

/** Read any non-2xx answer as a problem, even one a proxy wrote. */
export async function problemFrom(response: Response): Promise<ApiProblem> {
  const fallback: ProblemDocument = {
    title: "Something went wrong",
    status: response.status,
    code: "unreadable_answer",
    detail:
      response.status >= 500
        ? "The server could not answer. Nothing was changed; try again in a moment."
        : `The server refused this request (${response.status}).`,
  };
  try {
    const body: unknown = await response.clone().json();
    return new ApiProblem(isProblemDocument(body) ? body : (fromAllauth(body, response.status) ?? fallback));
  } catch {
    return new ApiProblem(fallback);
  }
}

/** The sentence to show for any error. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiProblem || error instanceof NoAnswerError || error instanceof FileGoneError) return error.message;
  return "This page ran into a fault of its own. Load it again; if it comes back, tell whoever runs Concord.";
}

function isProblemDocument(body: unknown): body is ProblemDocument {
  return (
    typeof body === "object" &&
    body !== null &&
    "detail" in body &&
    typeof body.detail === "string" &&
    "code" in body &&
    typeof body.code === "string" &&
    "status" in body &&
    typeof body.status === "number" &&
    "title" in body &&
    typeof body.title === "string"
  );
}

/** allauth speaks its own dialect: `{errors: [{message, code, param}]}`, or `{data: {flows}}` when a step is missing. */
function fromAllauth(body: unknown, status: number): ProblemDocument | null {
  if (!isRecord(body)) return null;
  if (Array.isArray(body["errors"])) {
    const told = body["errors"].filter(isRecord);
    const sentences = told.map((error) => error["message"]).filter((message) => typeof message === "string");
    const code = told[0]?.["code"];
    const errors = told.map((error) => ({ path: error["param"] ?? "", message: error["message"] }));
    return {
      title: "Refused",
      status,
      code: typeof code === "string" ? code : "refused",
      detail: sentences.join(" "),
      ...(errors.every((error) => error.path !== "") && { errors }),
    };
  }
  const data = body["data"];
  if (!isRecord(data) || !Array.isArray(data["flows"])) return null;
  const pending = data["flows"].find((flow) => isRecord(flow) && flow["is_pending"] === true) as
    | Record<string, unknown>
    | undefined;
  return {
    title: "One more step",
    status,
    code: typeof pending?.["id"] === "string" ? pending["id"] : "sign_in_needed",
    detail: "Signing in needs another step that this page does not offer. Ask whoever runs Concord.",
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The rows `{path, message}` as one sentence a path; several about one field are said one after the other. */
function byPath(errors: unknown): Record<string, string> {
  const told: Record<string, string> = {};
  for (const row of Array.isArray(errors) ? errors.filter(isRecord) : []) {
    const { path, message } = row;
    if (typeof path !== "string" || typeof message !== "string") continue;
    const before = told[path];
    told[path] = before === undefined ? message : `${before} ${message}`;
  }
  return told;
}
