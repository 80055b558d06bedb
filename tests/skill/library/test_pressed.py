"""A pressed library answers as the one that it was pressed from."""

from dataclasses import replace
from pathlib import Path

from skill.conversation.conversation import Conversation
from skill.conversation.place import Place
from skill.conversation.turn import Turn, Want
from skill.library import Library
from skill.library.pressed import press, unfold
from skill.safety.screening import Screen

WORDINGS = Path(__file__).parents[2] / "wordings"


def test_every_answer_every_session_and_every_danger_sign_is_the_same(library: Library, tmp_path: Path) -> None:
    pressed = unfold(press(library, tmp_path))
    for name, entry in library.entries.items():
        assert replace(pressed.entries[name], asks=entry.asks) == entry
    before, after = Conversation(library), Conversation(pressed)
    turns = [
        Turn(Want.LAUNCH),
        *(Turn(Want.ANSWER, name) for name in library.entries),
        *(Turn(Want.RELAX, name, minutes=5) for name in library.scripts),
        *(Turn(Want.DANGER, danger.name) for danger in library.dangers),
    ]
    for turn in turns:
        assert before.reply(Place(), turn) == after.reply(Place(), turn), turn
    screens, pressed_screen = Screen(library), Screen(pressed)
    for line in (WORDINGS / "danger-tuned.tsv").read_text(encoding="utf-8").splitlines():
        said = line.split("\t")[-1]
        found = [
            finding and (finding.danger.name, finding.look_alike)
            for finding in (screens.screen(said), pressed_screen.screen(said))
        ]
        assert found[0] == found[1], said


def test_what_is_unfolded_twice_is_one_object_as_plans_are_kept_by_it(library: Library, tmp_path: Path) -> None:
    pressed = unfold(press(library, tmp_path))
    assert pressed.scripts["beach"] is pressed.scripts["beach"]
    assert set(pressed.scripts) == set(library.scripts)
    assert len(pressed.entries) == len(library.entries)
