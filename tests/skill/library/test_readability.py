import pytest

from skill.library.readability import grade, syllables, words


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("ice", 1), ("heat", 1), ("bones", 1), ("helped", 1), ("wrapped", 1), ("tables", 2), ("muscle", 2),
        ("muscles", 2), ("doctor", 2), ("arthritis", 3), ("rheumatoid", 3), ("inflammation", 4), ("usually", 4),
        ("people", 2), ("movement", 2), ("stiffness", 2), ("area", 3), ("doesn't", 2), ("can't", 1), ("you're", 1),
        ("anti-inflammatory", 7), ("sciatica", 4), ("needed", 2), ("the", 1), ("quiet", 2), ("minutes", 2),
    ],
)  # fmt: skip
def test_the_syllables_of_a_word_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


def test_words_are_told_apart() -> None:
    assert words("Don't roll your neck, 5 to 10 times.") == ["Don't", "roll", "your", "neck", "5", "to", "10", "times"]


def test_an_easy_text_and_a_hard_one_are_told_apart() -> None:
    easy = (
        "Ice may help in the first two days. Wrap an ice pack in a cloth. Gently rub the sore area for five to ten "
        "minutes. After two days, try heat instead. It helps the muscles relax."
    )
    hard = "If slipped vertebrae put pressure on the sciatic nerve in the lower back, it can cause sciatica."
    assert grade(easy) == pytest.approx(1.0, abs=0.7)
    assert grade(hard) == pytest.approx(0.39 * 17 + 11.8 * 26 / 17 - 15.59)  # 17 words, 26 syllables by ear


def test_nothing_cannot_be_graded() -> None:
    with pytest.raises(ValueError, match="no words"):
        grade(" ... ")
