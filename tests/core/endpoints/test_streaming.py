from __future__ import annotations

import json
import threading
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.endpoints import chat
from core.endpoints.chat import ChatClient
from core.endpoints.domain.completions import NoCompletionError
from core.endpoints.domain.streaming import EventReader, StreamBrokenError, StreamedCompletion
from core.endpoints.errors import (
    EndpointAnswerError,
    EndpointCancelled,
    EndpointRefusedError,
    EndpointUnreachableError,
)
from tests.core.endpoints.stub import Heard, Said, streamed, stub_serving
from tests.core.endpoints.test_asking import QUESTION, target

WORDS = "Grüße 👋🏽 an alle,\nund zurück"


def gathered(content: bytes, cuts: list[int]) -> StreamedCompletion:
    found = StreamedCompletion(most_characters=1000)
    edges = [0, *sorted({cut for cut in cuts if 0 < cut < len(content)}), len(content)]
    for start, end in pairwise(edges):
        found.feed(content[start:end])
    return found


@given(st.lists(st.integers(min_value=1, max_value=2000), max_size=200))
def test_an_answer_is_the_same_wherever_the_network_cuts_it(cuts: list[int]) -> None:
    found = gathered(streamed(Said(WORDS, tokens_in=5, tokens_out=9)), cuts)
    assert (found.answer, found.is_over) == ((WORDS, 5, 9, False), True)


@given(st.lists(st.integers(min_value=1, max_value=60), max_size=20), st.sampled_from(["\n", "\r\n", "\r"]))
def test_lines_end_in_three_ways_and_data_may_have_several(cuts: list[int], end: str) -> None:
    content = end.join(
        ["\ufeff: hello", "data: one", "data:two", "id: 3", "", "data: three", "", ""]
    ).encode()
    reader = EventReader()
    edges = [0, *sorted({cut for cut in cuts if cut < len(content)}), len(content)]
    found = [data for start, last in pairwise(edges) for data in reader.feed(content[start:last])]
    assert found == ["one\ntwo", "three"]


def test_a_stream_without_its_end_is_not_over() -> None:
    assert not gathered(streamed(Said(WORDS, broken=True)), []).is_over
    cut = gathered(streamed(Said(WORDS, finish="length")), [])
    assert (cut.is_over, cut.answer[3]) == (True, True)


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        ("nonsense", NoCompletionError),
        ("[1]", NoCompletionError),
        ('{"choices": [{"delta": {"content": 7}}]}', NoCompletionError),
        (json.dumps({"choices": [{"delta": {"content": "x" * 1001}}]}), NoCompletionError),
        ("x" * (1024 * 1024 + 1), NoCompletionError),
        ('{"error": {"message": "out of memory"}}', StreamBrokenError),
    ],
)
def test_what_is_no_piece_of_an_answer_is_said_to_be_none(event: str, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        gathered(f"data: {event}\n\n".encode(), [])


def test_a_streamed_answer_comes_with_what_the_endpoint_counted() -> None:
    said = Said(WORDS, tokens_in=31, tokens_out=12)
    with stub_serving(lambda heard, number: said) as stub, ChatClient(target(stub)) as client:
        found = client.completion(QUESTION, max_tokens=8, streamed=True)
        again = client.completion(QUESTION, max_tokens=8)
    assert (found.text, found.tokens_in, found.tokens_out, found.is_cut) == (WORDS, 31, 12, False)
    assert again.text == WORDS
    assert stub.heard[0].body["stream_options"] == {"include_usage": True}
    assert "stream_options" not in stub.heard[1].body


def test_an_endpoint_that_does_not_stream_is_read_all_the_same() -> None:
    with (
        stub_serving(lambda heard, number: Said("plain", streams=False)) as stub,
        ChatClient(target(stub)) as client,
    ):
        assert client.completion(QUESTION, max_tokens=8, streamed=True).text == "plain"


@pytest.mark.parametrize(
    "broken",
    [Said(WORDS, broken=True), Said(WORDS, breaks_after=150), Said(raw=b'data: {"error": "no"}\n\n')],
)
def test_an_answer_cut_off_in_its_middle_is_asked_for_again(broken: Said) -> None:
    with (
        stub_serving(lambda heard, number: broken if number == 1 else Said(WORDS)) as stub,
        ChatClient(target(stub)) as client,
    ):
        found = client.completion(QUESTION, max_tokens=8, streamed=True)
    assert (found.text, found.attempts, len(stub.heard)) == (WORDS, 2, 2)


def test_an_answer_that_always_breaks_off_is_given_up() -> None:
    with (
        stub_serving(lambda heard, number: Said(WORDS, broken=True)) as stub,
        ChatClient(target(stub, attempts=2)) as client,
        pytest.raises(EndpointUnreachableError) as given_up,
    ):
        client.completion(QUESTION, max_tokens=8, streamed=True)
    assert len(stub.heard) == 2
    assert "broke off" in given_up.value.message


def test_an_endpoint_that_knows_no_stream_options_is_asked_without_from_then_on() -> None:
    def old(heard: Heard, number: int) -> Said:
        return Said(status=400) if "stream_options" in heard.body else Said("old", tokens_in=0, tokens_out=0)

    with stub_serving(old) as stub, ChatClient(target(stub)) as client:
        texts = [client.completion(QUESTION, max_tokens=8, streamed=True).text for _ in range(2)]
    assert (texts, len(stub.heard)) == (["old", "old"], 3)


def test_a_refusal_is_told_although_a_stream_was_asked_for() -> None:
    with (
        stub_serving(lambda heard, number: Said(status=401)) as stub,
        ChatClient(target(stub)) as client,
        pytest.raises(EndpointRefusedError),
    ):
        client.completion(QUESTION, max_tokens=8, streamed=True)


def test_a_stream_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "MOST_STREAMED_BYTES", 2000)
    monkeypatch.setattr(chat, "MOST_BYTES", 1000)
    long = Said("word " * 1000)
    comments = Said(raw=b": nothing\n\n" * 500)
    for said in (long, comments):
        with (
            stub_serving(lambda heard, number, said=said: said) as stub,  # type: ignore[misc]
            ChatClient(target(stub)) as client,
            pytest.raises(EndpointAnswerError),
        ):
            client.completion(QUESTION, max_tokens=8, streamed=True)
        assert len(stub.heard) == 1


def test_stopping_ends_a_stream_under_way() -> None:
    never, begun = threading.Event(), threading.Event()

    def hang(heard: Heard, number: int) -> Said:
        begun.set()
        return Said(wait=never)

    with stub_serving(hang) as stub, ChatClient(target(stub, timeout_s=60.0)) as client:

        def stop_soon() -> None:
            begun.wait(10)
            client.stop()

        threading.Thread(target=stop_soon).start()
        with pytest.raises(EndpointCancelled):
            client.completion(QUESTION, max_tokens=8, streamed=True)
        never.set()
