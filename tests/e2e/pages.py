"""Every page of the app, for the checks that hold on all of them. An area adds its pages here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.e2e.comparing import pairs_bring_in
from tests.e2e.learning_material import round_bring_in, scan_bring_in
from tests.e2e.material import dataset_bring_in, label_tasks_bring_in, posts_bring_in
from tests.e2e.policy_material import campaign_bring_in, draft_bring_in, release_bring_in
from tests.e2e.preference_rows import apart_bring_in, comparisons_bring_in
from tests.world import World


def _nothing(world: World) -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class PageToCheck:
    """One page as one kind of person sees it.

    ``path`` may use ``{project}`` and whatever ``prepare`` returns after it made the rows the page shows.
    ``expects`` names parts of console errors that belong to the state shown, such as a refused read.
    """

    name: str
    path: str
    person: str
    prepare: Callable[[World], dict[str, str]] = _nothing
    expects: tuple[str, ...] = ()

    def address(self, world: World) -> str:
        """Make the rows and return where the page is."""
        return self.path.format(project=world.project.pk, **self.prepare(world))


PAGES: tuple[PageToCheck, ...] = (
    PageToCheck("sign-in", "/sign-in", "anon"),
    PageToCheck("home-annotator", "/", "annotator"),
    PageToCheck("home-reviewer", "/", "reviewer"),
    PageToCheck("home-policy-editor", "/", "policy_editor"),
    PageToCheck("home-engineer", "/", "engineer"),
    PageToCheck("home-manager", "/", "manager"),
    PageToCheck("overview", "/p/{project}", "manager"),
    PageToCheck("overview-annotator", "/p/{project}", "annotator"),
    PageToCheck("label-empty", "/p/{project}/label", "annotator"),
    PageToCheck("label", "/p/{project}/label", "annotator", label_tasks_bring_in),
    PageToCheck("review-empty", "/p/{project}/review", "reviewer"),
    PageToCheck("review", "/p/{project}/review", "reviewer", label_tasks_bring_in),
    PageToCheck("home-annotator-waiting", "/", "annotator", label_tasks_bring_in),
    PageToCheck("overview-at-work", "/p/{project}", "manager", label_tasks_bring_in),
    PageToCheck("members", "/p/{project}/members", "manager"),
    PageToCheck("jobs", "/p/{project}/jobs", "manager"),
    PageToCheck("audit", "/p/{project}/audit", "manager"),
    PageToCheck("posts-empty", "/p/{project}/posts", "engineer"),
    PageToCheck("posts", "/p/{project}/posts", "engineer", posts_bring_in),
    PageToCheck("post", "/p/{project}/posts/{post}", "engineer", posts_bring_in),
    PageToCheck("posts-import", "/p/{project}/posts/import", "engineer"),
    PageToCheck("comparisons-empty", "/p/{project}/comparisons", "engineer"),
    PageToCheck("comparisons", "/p/{project}/comparisons", "manager", comparisons_bring_in),
    PageToCheck("comparison", "/p/{project}/comparisons/{comparison}", "reviewer", comparisons_bring_in),
    PageToCheck("comparisons-import", "/p/{project}/comparisons/import", "engineer"),
    PageToCheck("ratings-no-axis", "/p/{project}/ratings", "manager"),
    PageToCheck("ratings", "/p/{project}/ratings", "manager", comparisons_bring_in),
    PageToCheck("ratings-apart", "/p/{project}/ratings", "engineer", apart_bring_in),
    PageToCheck("datasets-empty", "/p/{project}/datasets", "engineer"),
    PageToCheck("datasets", "/p/{project}/datasets", "engineer", dataset_bring_in),
    PageToCheck("dataset-new", "/p/{project}/datasets/new", "engineer"),
    PageToCheck("dataset", "/p/{project}/datasets/{dataset}", "engineer", dataset_bring_in),
    PageToCheck(
        "version", "/p/{project}/datasets/{dataset}/versions/{version}", "engineer", dataset_bring_in
    ),
    PageToCheck(
        "versions-compared",
        "/p/{project}/datasets/{dataset}/versions/{version}/against/{earlier}",
        "engineer",
        dataset_bring_in,
    ),
    PageToCheck("compare-none", "/p/{project}/compare", "annotator"),
    PageToCheck("compare", "/p/{project}/compare", "annotator", pairs_bring_in),
    PageToCheck("settings", "/settings", "annotator"),
    PageToCheck("tokens", "/tokens", "engineer"),
    PageToCheck("policies-none", "/p/{project}/policies", "policy_editor"),
    PageToCheck("policies", "/p/{project}/policies", "annotator", release_bring_in),
    PageToCheck("policy", "/p/{project}/policies/{policy}", "policy_editor", draft_bring_in),
    PageToCheck("release", "/p/{project}/releases/{release}", "annotator", release_bring_in),
    PageToCheck("release-draft", "/p/{project}/releases/{release}", "policy_editor", draft_bring_in),
    PageToCheck("release-changes", "/p/{project}/releases/{release}?view=changes", "manager", draft_bring_in),
    PageToCheck("release-impact", "/p/{project}/releases/{release}?view=impact", "manager", draft_bring_in),
    PageToCheck("campaigns-none", "/p/{project}/campaigns", "policy_editor"),
    PageToCheck("campaigns", "/p/{project}/campaigns", "manager", campaign_bring_in),
    PageToCheck("campaign", "/p/{project}/campaigns/{campaign}", "policy_editor", campaign_bring_in),
    PageToCheck("rounds-none", "/p/{project}/rounds", "engineer"),
    PageToCheck("rounds", "/p/{project}/rounds", "engineer", round_bring_in),
    PageToCheck("round", "/p/{project}/rounds/{round}", "engineer", round_bring_in),
    PageToCheck("models-none", "/p/{project}/models", "engineer"),
    PageToCheck("models", "/p/{project}/models", "engineer", round_bring_in),
    PageToCheck("scans-none", "/p/{project}/scans", "engineer"),
    PageToCheck("scans", "/p/{project}/scans", "engineer", scan_bring_in),
    PageToCheck("scan", "/p/{project}/scans/{scan}", "reviewer", scan_bring_in),
    PageToCheck("suspects-none", "/p/{project}/suspects", "reviewer"),
    PageToCheck("suspects", "/p/{project}/suspects", "reviewer", scan_bring_in),
    PageToCheck("scan-review", "/p/{project}/scans/{scan}/review", "engineer", scan_bring_in),
    PageToCheck("not-found", "/p/{project}/nowhere", "manager"),
)
