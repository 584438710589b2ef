from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.http.serializers import validated
from core.http.views import ApiView
from policies import services
from policies.api import serializers
from policies.api import talk_serializers as shapes
from policies.selectors.discussion import discussion_of
from policies.selectors.listing import policy_with_releases
from policies.selectors.reviewing import reviewing_of


class _TalkView(ApiView):
    """Something said; answers with everything that is said about the release."""

    def discussion(self, release_id: uuid.UUID, status: int = 200) -> Response:
        found = discussion_of(self.actor, release_id)
        return Response(shapes.DiscussionOutput(found).data, status=status)


class DiscussionView(_TalkView):
    @extend_schema(operation_id="release_discussion", responses=shapes.DiscussionOutput)
    def get(self, request: Request, release_id: uuid.UUID) -> Response:
        return self.discussion(release_id)


class CommentListView(_TalkView):
    @extend_schema(
        operation_id="comment_write",
        request=shapes.CommentWriteInput,
        responses={201: shapes.DiscussionOutput},
    )
    def post(self, request: Request, release_id: uuid.UUID) -> Response:
        data = validated(shapes.CommentWriteInput, request.data)
        services.comment_write(self.actor, release_id=release_id, **data)
        return self.discussion(release_id, 201)


class CommentView(_TalkView):
    @extend_schema(
        operation_id="comment_settle", request=shapes.CommentSettleInput, responses=shapes.DiscussionOutput
    )
    def patch(self, request: Request, comment_id: uuid.UUID) -> Response:
        data = validated(shapes.CommentSettleInput, request.data)
        return self.discussion(services.comment_resolve(self.actor, comment_id=comment_id, **data).release_id)


class SuggestionListView(_TalkView):
    @extend_schema(
        operation_id="suggestion_make",
        request=shapes.SuggestionMakeInput,
        responses={201: shapes.DiscussionOutput},
    )
    def post(self, request: Request, release_id: uuid.UUID) -> Response:
        data = validated(shapes.SuggestionMakeInput, request.data)
        services.suggestion_make(self.actor, release_id=release_id, **data)
        return self.discussion(release_id, 201)


class SuggestionAcceptView(_TalkView):
    @extend_schema(
        operation_id="suggestion_accept",
        request=shapes.SuggestionAcceptInput,
        responses=shapes.DiscussionOutput,
    )
    def post(self, request: Request, suggestion_id: uuid.UUID) -> Response:
        data = validated(shapes.SuggestionAcceptInput, request.data)
        suggestion = services.suggestion_accept(self.actor, suggestion_id=suggestion_id, **data)
        return self.discussion(suggestion.release_id)


class SuggestionRejectView(_TalkView):
    @extend_schema(
        operation_id="suggestion_reject",
        request=shapes.SuggestionRejectInput,
        responses=shapes.DiscussionOutput,
    )
    def post(self, request: Request, suggestion_id: uuid.UUID) -> Response:
        data = validated(shapes.SuggestionRejectInput, request.data)
        suggestion = services.suggestion_reject(self.actor, suggestion_id=suggestion_id, **data)
        return self.discussion(suggestion.release_id)


class SuggestionWithdrawView(_TalkView):
    @extend_schema(operation_id="suggestion_withdraw", request=None, responses=shapes.DiscussionOutput)
    def post(self, request: Request, suggestion_id: uuid.UUID) -> Response:
        suggestion = services.suggestion_withdraw(self.actor, suggestion_id=suggestion_id)
        return self.discussion(suggestion.release_id)


class ReviewersView(ApiView):
    @extend_schema(operation_id="release_reviewers", responses=shapes.ReviewingOutput)
    def get(self, request: Request, release_id: uuid.UUID) -> Response:
        return Response(shapes.ReviewingOutput(reviewing_of(self.actor, release_id)).data)

    @extend_schema(
        operation_id="reviewers_ask", request=shapes.ReviewersAskInput, responses=shapes.ReviewingOutput
    )
    def put(self, request: Request, release_id: uuid.UUID) -> Response:
        data = validated(shapes.ReviewersAskInput, request.data)
        services.reviewers_ask(self.actor, release_id=release_id, **data)
        return Response(shapes.ReviewingOutput(reviewing_of(self.actor, release_id)).data)


class ApprovalsView(ApiView):
    @extend_schema(
        operation_id="policy_approvals_require",
        request=shapes.ApprovalsRequireInput,
        responses=serializers.PolicyOutput,
    )
    def put(self, request: Request, policy_id: uuid.UUID) -> Response:
        data = validated(shapes.ApprovalsRequireInput, request.data)
        services.approvals_require(self.actor, policy_id=policy_id, **data)
        policy, releases = policy_with_releases(self.actor, policy_id)
        policy.visible_releases = releases  # type: ignore[attr-defined]
        return Response(serializers.PolicyOutput(policy).data)


class PresenceView(ApiView):
    @extend_schema(
        operation_id="presence_tell", request=shapes.PresenceInput, responses=shapes.DraftNewsOutput
    )
    def post(self, request: Request, release_id: uuid.UUID) -> Response:
        data = validated(shapes.PresenceInput, request.data)
        news = services.presence_tell(self.actor, release_id=release_id, **data)
        return Response(shapes.DraftNewsOutput(news).data)
