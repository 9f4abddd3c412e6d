"""What the head of pipeline.yml says."""

from __future__ import annotations

from tests.schemas import HEAD, PIPES, good, read


def test_whose_probabilities_count() -> None:
    assert good(HEAD + PIPES).probability_from == "best"
    assert good(HEAD + PIPES).pipelines[0].probability_from is None
    assert good(HEAD + "probability-from: own\n" + PIPES).probability_from == "own"


def test_a_pipeline_says_its_own_and_passes_it_on() -> None:
    more = "    probability-from: learned\n  again: {extends: sales}\n  other: {extends: again, probability-from: stage}\n"
    pipelines = good(HEAD + PIPES + more).pipelines
    assert [one.probability_from for one in pipelines] == ["learned", "learned", "stage"]


def test_another_word_is_told() -> None:
    _, problems = read(HEAD + "probability-from: owner\n" + PIPES)
    (problem,) = problems
    assert (problem.code, problem.span.column) == ("invalid-value", 19)
    assert problem.message == "`owner` is not where probabilities can come from."
    _, problems = read(HEAD + PIPES + "    probability-from: lerned\n")
    assert problems[0].help == "Did you mean `learned`?"
